/**
 * The workflows of the workspace as they stand now: what new runs pin, and what is wrong with the files that cannot be
 * used. Loading tells it; the engine, the journal and the contract hear of it from here.
 */
import type { WorkflowEntry } from '../contract/workflows.ts'
import type { WorkflowEvent } from '../effects/loader/standing.ts'
import type { Engine } from '../engine/control.ts'
import type { Storage } from '../engine/ports.ts'
import { Unavailable } from '../model/control-errors.ts'
import type { Failure } from '../model/failure.ts'
import type { WorkflowName } from '../model/ids.ts'
import type { Revision } from '../model/revision.ts'
import { CorruptionFound, StorageFailed } from '../model/storage-errors.ts'
import type { Catalog } from '../service/parts.ts'
import type { Record } from './record.ts'

export interface ShelfParts {
  readonly engine: Pick<Engine, 'publish' | 'withdraw'>
  readonly storage: Pick<Storage, 'saveRevision'>
  readonly record: Record
  /** Told of what a file holds once it can be used; null where it is gone. */
  readonly changed: Changed
}

export type Changed = (file: string, now: WorkflowEntry | null) => void

interface Refusal {
  /** What the file held when it could be used last. */
  readonly name: WorkflowName | null
  readonly failures: readonly Failure[]
}

export class Shelf implements Omit<Catalog, 'unread'> {
  readonly #parts: ShelfParts
  readonly #ready = new Map<string, Revision>()
  readonly #refused = new Map<string, Refusal>()
  #moved = Promise.withResolvers<void>()
  #looked = false
  /** Why it is not known what the files hold; null where it is, or will be. */
  #failure: unknown = null

  constructor(parts: ShelfParts) {
    this.#parts = parts
  }

  /** Takes what has changed about a file. Runs under way keep the revision that they pinned, whatever it is. */
  async take(event: WorkflowEvent): Promise<void> {
    const { file } = event
    if (event.type === 'loaded') await this.#put(file, event.revision)
    else if (event.type === 'refused') await this.#refuse(file, event.error.problems)
    else this.#remove(file, `${file} does not hold it any more`)
    this.#parts.changed(file, this.#entry(file))
    this.#move()
  }

  /** Every file that was there has been looked at: nobody waits any longer for what none of them holds. With a failure, it is not known what they hold. */
  looked(failure: unknown): void {
    this.#looked = failure === null
    this.#failure = failure
    this.#move()
  }

  list(): readonly WorkflowEntry[] {
    return [...this.#ready.keys(), ...this.#refused.keys()].toSorted().flatMap((file) => this.#entry(file) ?? [])
  }

  find(workflow: WorkflowName): Revision | undefined {
    return [...this.#ready.values()].find(({ manifest }) => manifest.name === workflow)
  }

  /** @throws StorageFailed, CorruptionFound, Unavailable where it is not there, and the files cannot be looked at */
  async sought(workflow: WorkflowName | null): Promise<void> {
    const isThere = (): boolean => (workflow === null ? this.list().length > 0 : this.find(workflow) !== undefined)
    while (!this.#looked && !isThere()) {
      if (this.#failure !== null) throw notLookedAt(this.#failure)
      await this.#moved.promise
    }
  }

  #entry(file: string): WorkflowEntry | null {
    const [revision, refusal] = [this.#ready.get(file), this.#refused.get(file)]
    if (revision !== undefined) return readyEntry(revision)
    return refusal === undefined ? null : refusedEntry(file, refusal)
  }

  #move(): void {
    this.#moved.resolve()
    this.#moved = Promise.withResolvers()
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
    const name = this.#nameIn(file)
    this.#remove(file, first.message)
    this.#refused.set(file, { name, failures })
    await this.#parts.record({ type: 'workflow_refused', file, failure: first })
  }

  #remove(file: string, why: string): void {
    const name = this.#nameIn(file)
    this.#ready.delete(file)
    this.#refused.delete(file)
    // Another file may hold it by now.
    if (name !== null && this.find(name) === undefined) this.#parts.engine.withdraw(name, why)
  }

  /** The workflow that the file holds, or held when it could be used last. */
  #nameIn(file: string): WorkflowName | null {
    return this.#ready.get(file)?.manifest.name ?? this.#refused.get(file)?.name ?? null
  }
}

function notLookedAt(failure: unknown): Error {
  if (failure instanceof CorruptionFound) return failure
  const message = `the workflows could not be looked at: ${failure instanceof Error ? failure.message : String(failure)}`
  return failure instanceof StorageFailed ? new StorageFailed(message, { fault: failure.fault, cause: failure }) : new Unavailable(message)
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
    steps: steps.map(({ id, kind, needs, title: words, uses, holds }) => ({
      id,
      kind,
      needs,
      ...(Object.keys({ ...uses, ...holds }).length > 0 && { takes: { ...uses, ...holds } }),
      ...(words !== undefined && { title: words }),
    })),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  }
}

function refusedEntry(file: string, { name, failures }: Refusal): WorkflowEntry {
  return { state: 'refused', name, file, failures: [...failures] }
}
