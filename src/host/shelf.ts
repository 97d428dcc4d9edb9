/**
 * The workflows of the workspace as they stand now: what new runs pin, and what is wrong with the files that cannot be
 * used. Loading tells it; the engine, the journal and the contract hear of it from here.
 */
import type { WorkflowEntry } from '../contract/workflows.ts'
import type { Engine } from '../engine/control.ts'
import type { Storage } from '../engine/ports.ts'
import type { Failure } from '../model/failure.ts'
import type { WorkflowName } from '../model/ids.ts'
import type { Revision } from '../model/revision.ts'
import type { Catalog } from '../service/parts.ts'
import type { Record } from './record.ts'

export interface ShelfParts {
  readonly engine: Pick<Engine, 'publish' | 'withdraw'>
  readonly storage: Pick<Storage, 'saveRevision'>
  readonly record: Record
}

interface Refusal {
  readonly name: WorkflowName | null
  readonly failures: readonly [Failure, ...Failure[]]
}

export class Shelf implements Catalog {
  readonly #parts: ShelfParts
  readonly #ready = new Map<string, Revision>()
  readonly #refused = new Map<string, Refusal>()

  constructor(parts: ShelfParts) {
    this.#parts = parts
  }

  /** The file holds this workflow; stored before any run can pin it. */
  async put(revision: Revision): Promise<void> {
    const { engine, storage, record } = this.#parts
    const { name, version, file } = revision.manifest
    const before = this.#ready.get(file)
    await storage.saveRevision(revision)
    this.#refused.delete(file)
    this.#ready.set(file, revision)
    if (before !== undefined && before.manifest.name !== name) this.#withdraw(before, `${file} holds ${name} now`)
    engine.publish(revision)
    if (before?.hash === revision.hash) return
    await record({ type: 'workflow_loaded', workflow: name, version, revision: revision.hash, file })
  }

  /** The file cannot be used as it stands; runs under way go on with what they pinned. */
  async refuse(file: string, failures: readonly [Failure, ...Failure[]]): Promise<void> {
    const before = this.#ready.get(file)
    const known = before?.manifest.name ?? this.#refused.get(file)?.name ?? null
    this.#ready.delete(file)
    this.#refused.set(file, { name: known, failures })
    if (before !== undefined) this.#withdraw(before, failures[0].message)
    await this.#parts.record({ type: 'workflow_refused', file, failure: failures[0] })
  }

  /** The file is gone. */
  remove(file: string): void {
    const before = this.#ready.get(file)
    this.#ready.delete(file)
    this.#refused.delete(file)
    if (before !== undefined) this.#withdraw(before, `${file} is not there any more`)
  }

  list(): readonly WorkflowEntry[] {
    const ready = [...this.#ready.values()].map(entryOf)
    const refused = [...this.#refused].map(([file, { name, failures }]) => ({
      state: 'refused' as const,
      name,
      file,
      failures: [...failures],
    }))
    return [...ready, ...refused].toSorted((a, b) => (a.file < b.file ? -1 : 1))
  }

  find(workflow: WorkflowName): Revision | undefined {
    return [...this.#ready.values()].find(({ manifest }) => manifest.name === workflow)
  }

  #withdraw({ manifest }: Revision, why: string): void {
    this.#parts.engine.withdraw(manifest.name, why)
  }
}

function entryOf({ hash, loadedAt, manifest }: Revision): WorkflowEntry {
  const { name, version, title, description, file, steps } = manifest
  return {
    state: 'ready',
    name,
    version,
    revision: hash,
    loadedAt,
    file,
    steps: steps.map((step) => ({
      id: step.id,
      kind: step.kind,
      needs: step.needs,
      ...(step.title !== undefined && { title: step.title }),
    })),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  }
}
