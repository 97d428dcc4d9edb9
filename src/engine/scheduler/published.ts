import { NotFound } from '../../model/control-errors.ts'
import type { WorkflowName } from '../../model/ids.ts'
import type { Revision } from '../../model/revision.ts'

/** Which revision new runs of each workflow pin, and why those have none that were withdrawn. */
export class Published {
  readonly #revisions = new Map<WorkflowName, Revision>()
  readonly #withdrawn = new Map<WorkflowName, string>()

  publish(revision: Revision): void {
    const { name } = revision.manifest
    this.#revisions.set(name, revision)
    this.#withdrawn.delete(name)
  }

  withdraw(workflow: WorkflowName, why: string): void {
    this.#revisions.delete(workflow)
    this.#withdrawn.set(workflow, why)
  }

  /** @throws NotFound, which says why there is none */
  of(workflow: WorkflowName): Revision {
    const revision = this.#revisions.get(workflow)
    if (revision !== undefined) return revision
    const known = [...this.#revisions.keys()].join(', ')
    const why = this.#withdrawn.get(workflow)
    throw new NotFound('workflow', workflow, why ?? (known === '' ? 'the workspace has none that can be started' : `the workspace has ${known}`))
  }

  /** The revision, or why it was withdrawn; undefined where there never was one. */
  present(workflow: WorkflowName): Revision | string | undefined {
    return this.#revisions.get(workflow) ?? this.#withdrawn.get(workflow)
  }
}
