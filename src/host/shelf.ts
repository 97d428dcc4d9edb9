/**
 * The workflows of the workspace as they stand now: what new runs pin, and what is wrong with the files that cannot be
 * used. Loading tells it; the engine, the journal and the contract hear of it from here.
 */
import type { WorkflowEntry } from '../contract/workflows.ts'
import type { WorkflowEvent } from '../effects/loader/standing.ts'
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
  /** What the file held when it could be used last. */
  readonly name: WorkflowName | null
  readonly failures: readonly Failure[]
}

export class Shelf implements Catalog {
  readonly #parts: ShelfParts
  readonly #ready = new Map<string, Revision>()
  readonly #refused = new Map<string, Refusal>()

  constructor(parts: ShelfParts) {
    this.#parts = parts
  }

  /** Takes what has changed about a file. Runs under way keep the revision that they pinned, whatever it is. */
  async take(event: WorkflowEvent): Promise<void> {
    if (event.type === 'loaded') await this.#put(event.file, event.revision)
    else if (event.type === 'refused') await this.#refuse(event.file, event.error.problems)
    else this.#remove(event.file, `${event.file} does not hold it any more`)
  }

  list(): readonly WorkflowEntry[] {
    const ready = [...this.#ready.values()].map(readyEntry)
    const refused = [...this.#refused].map(([file, refusal]) => refusedEntry(file, refusal))
    return [...ready, ...refused].toSorted((a, b) => (a.file < b.file ? -1 : 1))
  }

  find(workflow: WorkflowName): Revision | undefined {
    return [...this.#ready.values()].find(({ manifest }) => manifest.name === workflow)
  }

  /** Stored before any run can pin it. */
  async #put(file: string, revision: Revision): Promise<void> {
    const { engine, storage, record } = this.#parts
    const { name, version } = revision.manifest
    await storage.saveRevision(revision)
    this.#refused.delete(file)
    this.#ready.set(file, revision)
    engine.publish(revision)
    await record({ type: 'workflow_loaded', workflow: name, version, revision: revision.hash, file })
  }

  async #refuse(file: string, failures: readonly Failure[]): Promise<void> {
    const [first] = failures
    if (first === undefined) throw new Error(`${file} was refused without a reason`)
    const name = this.#ready.get(file)?.manifest.name ?? this.#refused.get(file)?.name ?? null
    this.#remove(file, first.message)
    this.#refused.set(file, { name, failures })
    await this.#parts.record({ type: 'workflow_refused', file, failure: first })
  }

  #remove(file: string, why: string): void {
    const before = this.#ready.get(file)
    this.#ready.delete(file)
    this.#refused.delete(file)
    if (before !== undefined) this.#parts.engine.withdraw(before.manifest.name, why)
  }
}

function readyEntry({ hash, loadedAt, manifest }: Revision): WorkflowEntry {
  const { name, version, title, description, file, steps } = manifest
  return {
    state: 'ready',
    name,
    version,
    revision: hash,
    loadedAt,
    file,
    steps: steps.map(({ id, kind, needs, title: words }) => ({
      id,
      kind,
      needs,
      ...(words !== undefined && { title: words }),
    })),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  }
}

function refusedEntry(file: string, { name, failures }: Refusal): WorkflowEntry {
  return { state: 'refused', name, file, failures: [...failures] }
}
