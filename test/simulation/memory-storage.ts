/**
 * Storage in memory, as the port promises it, with faults where the disk would have them. What it keeps outlives
 * a crash of the host; what was only submitted does not.
 */
import { createHash } from 'node:crypto'
import { breakerKey, type OpenBreaker } from '../../src/model/breaker.ts'
import type { HostEntry, JournalEntry } from '../../src/model/entry.ts'
import { type Address, Checksum, type LineageId, type RevisionHash, type RunId, type StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { Signal } from '../../src/model/log.ts'
import type { Manifest } from '../../src/model/manifest.ts'
import type { RemovedCheckpoints, RemovedRun } from '../../src/model/retention.ts'
import type { Revision } from '../../src/model/revision.ts'
import { isEnded } from '../../src/model/status.ts'
import { CorruptionFound, StorageFailed, VersionConflict } from '../../src/model/storage-errors.ts'
import { type Throttle, throttleKey } from '../../src/model/throttle.ts'
import type {
  BranchStart,
  Committed,
  Lineage,
  Moment,
  Randomness,
  SealedValue,
  Storage,
  StoredRun,
  Transition,
  UnfinishedRuns,
} from '../../src/engine/ports.ts'
import { type CheckpointDraft, type StateChange, takeChange } from '../../src/model/checkpoint.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import { type ErrorRecord, isOpen } from '../../src/model/error-record.ts'
import { doneOrInDoubt } from '../../src/model/before.ts'
import type { Pinned, RunRecord } from '../../src/model/run.ts'
import type { AttemptRecord, StepRecord } from '../../src/model/step.ts'
import { type Standing, standingAfter } from '../../src/store/format/standing.ts'
import { summaryOf } from '../../src/store/format/summary.ts'
import { saltBytes, sealValue } from '../../src/store/format/value.ts'

const defaultLimit = 10_000_000

/** What becomes of one group: `lost` is stored, but the host is told that it was not; `damaged` meets a malformed page of the file. */
export type Fate = 'stored' | 'failed' | 'lost' | 'damaged'

/** All that is kept of a run. */
export interface Rows {
  record: RunRecord
  standing: Standing
  readonly lineage: Lineage
  readonly steps: Map<string, StepRecord>
  readonly attempts: Map<string, AttemptRecord>
  readonly decisions: Map<string, DecisionRecord>
  readonly errors: Map<string, ErrorRecord>
  readonly checkpoints: CheckpointDraft[]
  /** Checkpoints that are not kept any more. */
  readonly removed: Set<number>
  /** From which checkpoint each branch starts, where one was begun by going back. */
  readonly starts: Map<number, number>
  /** What each branch pins. */
  readonly pinned: Map<number, Pinned>
}

/** What a disk holds: shared by every incarnation of the host. */
export class Disk {
  readonly runs = new Map<RunId, Rows>()
  readonly removedRuns = new Map<RunId, RemovedRun>()
  readonly lineages = new Map<LineageId, Lineage>()
  readonly journal: JournalEntry[] = []
  readonly values = new Map<string, Json>()
  readonly revisions = new Map<RevisionHash, Revision>()
  readonly heartbeats = new Map<string, Json>()
  readonly breakers = new Map<string, OpenBreaker>()
  readonly throttles = new Map<string, Throttle>()
}

interface Submitted {
  /** Writes, and answers what tells of it. */
  readonly perform: () => () => void
  readonly reject: (error: Error) => void
}

export interface MemoryStorageOptions {
  readonly disk: Disk
  readonly randomness: Pick<Randomness, 'bytes'>
  /** Runs a group's flush later. */
  readonly defer: (flush: () => void) => void
  readonly fate?: () => Fate
  /** Whether what is read or built on now turns out to be damaged. */
  readonly damaged?: (object: string, key: string) => boolean
  /** Whether what is read now cannot be, as where the disk fails for a while. */
  readonly fails?: (object: string, key: string) => boolean
  /** Bytes of the largest value that is taken. */
  readonly valueLimit?: number
  /** Whether a checkpoint of which a value is lost is damaged, as in a real store. */
  readonly checksMoments?: boolean
  /** Called for each entry once the disk has it, acknowledged or not. */
  readonly stored?: (entry: JournalEntry, transition: Transition | null) => void
}

export class MemoryStorage implements Storage {
  readonly #disk: Disk
  readonly #options: MemoryStorageOptions
  #group: Submitted[] = []

  constructor(options: MemoryStorageOptions) {
    this.#disk = options.disk
    this.#options = options
  }

  seal(lineage: Lineage, value: Json, sensitive: boolean): SealedValue {
    const { randomness, valueLimit = defaultLimit } = this.#options
    return sealValue(lineage, value, sensitive ? randomness.bytes(saltBytes) : null, valueLimit)
  }

  commit(transition: Transition): Promise<Committed> {
    return this.#submit(() => this.#write(structuredClone(transition)))
  }

  record(entry: HostEntry): Promise<JournalEntry> {
    return this.#submit(() => {
      for (const event of entry.events) {
        if (event.type === 'breaker_opened') this.#disk.breakers.set(breakerKey(event.breaker), event.breaker)
        else if (event.type === 'breaker_closed') this.#disk.breakers.delete(breakerKey(event))
        else if (event.type === 'throttle_set') this.#disk.throttles.set(throttleKey(event.throttle), event.throttle)
        else if (event.type === 'throttle_lifted') this.#disk.throttles.delete(throttleKey(event))
      }
      return this.#append(entry, null)
    })
  }

  load(run: RunId): StoredRun | undefined {
    const rows = this.#disk.runs.get(run)
    if (rows === undefined) return undefined
    this.#assertRead('run', run)
    return structuredClone({
      record: rows.record,
      lineage: rows.lineage,
      steps: [...rows.steps.values()].filter(({ branch }) => branch === rows.record.branch),
      attempts: [...rows.attempts.values()].filter(({ status }) => status === 'running'),
      decisions: [...rows.decisions.values()].filter(({ status }) => status === 'pending'),
      errors: [...rows.errors.values()].filter(isOpen),
      left: doneOrInDoubt([...rows.steps.values()].filter(({ branch }) => branch !== rows.record.branch), rows.record),
    })
  }

  removed(run: RunId): RemovedRun | undefined {
    return this.#disk.removedRuns.get(run)
  }

  trimmed(): readonly RemovedCheckpoints[] {
    return []
  }

  moment(run: RunId, number: number): Moment | undefined {
    const rows = this.#disk.runs.get(run)
    if (rows?.checkpoints[number] === undefined || rows.removed.has(number)) return undefined
    this.#assertRead('checkpoint', `${run}/${number}`)
    const moment = momentAt(rows, number)
    const lost = this.#options.checksMoments === true ? this.#lostIn(rows.record.lineage, moment) : undefined
    if (lost !== undefined) throw new CorruptionFound('value', lost, 'it is referred to, but not stored', this.#nearest(rows, number))
    return structuredClone(moment)
  }

  #lostIn(lineage: LineageId, { state }: Moment): Address | undefined {
    const held = [...state.values()].flatMap((change) => ('address' in change ? [change.address] : []))
    return held.find((address) => !this.#disk.values.has(`${lineage}/${address}`))
  }

  /** The newest checkpoint before one that names what is lost. */
  #nearest(rows: Rows, number: number): number | null {
    const before = Array.from({ length: number }, (_, index) => number - 1 - index)
    return before.find((each) => this.#lostIn(rows.record.lineage, momentAt(rows, each)) === undefined) ?? null
  }

  checkReturned(run: RunId, _to: Moment['state']): void {
    const { head } = this.#disk.runs.get(run)?.record ?? {}
    this.#assertRead('checkpoint', `${run}/${head}`)
  }

  breakers(): readonly OpenBreaker[] {
    return [...this.#disk.breakers.values()]
  }

  throttles(): readonly Throttle[] {
    return [...this.#disk.throttles.values()]
  }

  unfinished(): UnfinishedRuns {
    const runs = [...this.#disk.runs.values()].filter(({ record }) => !isEnded(record.status)).map(({ record }) => record.id)
    return { runs, damaged: [] }
  }

  value(lineage: LineageId, address: Address): Json {
    const value = this.#disk.values.get(`${lineage}/${address}`)
    if (value === undefined) throw new CorruptionFound('value', address, 'it is referred to, but not stored')
    this.#assertRead('value', address)
    return value
  }

  async saveRevision(revision: Revision): Promise<void> {
    this.#disk.revisions.set(revision.hash, revision)
  }

  revision(hash: RevisionHash): Revision | undefined {
    return this.#disk.revisions.get(hash)
  }

  manifest(hash: RevisionHash): Manifest {
    const revision = this.revision(hash)
    if (revision === undefined) throw new CorruptionFound('revision', hash, 'a run pins it and it is not there')
    return revision.manifest
  }

  keep(signals: readonly Signal[]): void {
    for (const signal of signals) {
      if (signal.type !== 'heartbeat') continue
      this.#disk.heartbeats.set(`${signal.run}/${signal.branch}/${signal.step}/${signal.iteration}`, signal.value)
    }
  }

  lastHeartbeat(run: RunId, branch: number, step: StepId, iteration: number): Json | undefined {
    return this.#disk.heartbeats.get(`${run}/${branch}/${step}/${iteration}`)
  }

  #submit<T>(write: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const perform = (): (() => void) => {
        const written = write()
        return () => resolve(structuredClone(written))
      }
      this.#group.push({ perform, reject })
      if (this.#group.length === 1) this.#options.defer(() => this.#flush())
    })
  }

  #flush(): void {
    const group = this.#group
    this.#group = []
    const fate = this.#options.fate?.() ?? 'stored'
    for (const { perform, reject } of group) {
      if (fate === 'failed' || fate === 'damaged') {
        reject(fate === 'failed' ? new StorageFailed('the disk is full') : new CorruptionFound('file', 'store.db', 'a page is malformed'))
        continue
      }
      try {
        const tell = perform()
        if (fate === 'stored') tell()
        else reject(new StorageFailed('the disk did not say whether it kept the group'))
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }

  #write(transition: Transition): Committed {
    const { run, expected, record, lineage } = transition
    const known = this.#disk.runs.get(run)
    if ((known?.record.version ?? null) !== expected) {
      throw new VersionConflict(run, expected, known?.record.version ?? null)
    }
    if (known !== undefined) this.#assertWhole('run', run)
    const rows = known ?? newRows(record, lineage ?? this.#disk.lineages.get(record.lineage))
    this.#refuse(transition, rows)
    this.#disk.lineages.set(rows.lineage.id, rows.lineage)
    rows.record = record
    rows.pinned.set(record.branch, { workflowVersion: record.workflowVersion, revision: record.revision })
    if (transition.branch !== null) {
      rows.starts.set(record.branch, transition.branch.from)
      for (const pass of keptOf(rows, transition.branch, record.branch)) rows.steps.set(`${pass.branch}/${pass.step}/${pass.iteration}`, pass)
      rows.standing = []
    }
    rows.standing = standingAfter(rows.standing, transition.steps.filter(({ branch }) => branch === record.branch))
    for (const step of transition.steps) rows.steps.set(`${step.branch}/${step.step}/${step.iteration}`, step)
    for (const tried of transition.attempts) {
      rows.attempts.set(`${tried.branch}/${tried.step}/${tried.iteration}/${tried.attempt}`, tried)
    }
    for (const decision of transition.decisions) rows.decisions.set(decision.id, decision)
    for (const error of transition.errors) rows.errors.set(error.id, error)
    for (const value of transition.values) {
      this.#disk.values.set(`${record.lineage}/${value.address}`, JSON.parse(Buffer.from(value.bytes).toString()))
    }
    rows.checkpoints.push(...transition.checkpoints)
    this.#disk.runs.set(run, rows)
    const ledger = { attempts: rows.attempts.size, checkpoints: rows.checkpoints.length }
    const own = { entry: this.#append(transition.entry, transition), summary: summaryOf({ ...rows, ledger }) }
    return transition.children === undefined ? own : { ...own, children: transition.children.map((child) => this.#write(child)) }
  }

  #assertRead(object: string, key: string): void {
    if (this.#options.fails?.(object, key) === true) throw new StorageFailed(`${object} ${key} cannot be read: the disk fails`, { fault: 'failing' })
    this.#assertWhole(object, key)
  }

  #assertWhole(object: string, key: string): void {
    if (this.#options.damaged?.(object, key) === true) throw new CorruptionFound(object, key, 'a bit has flipped')
  }

  /** A checkpoint follows the last one and names values that are there. */
  #refuse({ checkpoints, values, run, branch, record }: Transition, rows: Rows): void {
    const other = checkpoints.find((checkpoint) => checkpoint.branch !== record.branch)
    if (other !== undefined) throw new StorageFailed(`run ${run} goes on on branch ${record.branch}, and the transition is of branch ${other.branch}`)
    if (branch !== null && (checkpoints.length === 0 || rows.checkpoints[branch.from] === undefined)) {
      throw new StorageFailed(`a branch of run ${run} cannot begin from ${branch.from}`)
    }
    const given = new Set(values.map(({ address }) => address))
    let number = rows.checkpoints.at(-1)?.number ?? -1
    for (const draft of checkpoints) {
      if (draft.number !== (number += 1)) throw new StorageFailed(`checkpoint ${draft.number} of run ${run} is not ${number}`)
      for (const change of draft.changes) {
        if (!('address' in change) || given.has(change.address)) continue
        if (!this.#disk.values.has(`${rows.lineage.id}/${change.address}`)) {
          throw new StorageFailed(`checkpoint ${run}/${number} names ${change.address}, which is not stored`)
        }
      }
    }
  }

  #append(entry: HostEntry | Transition['entry'], transition: Transition | null): JournalEntry {
    const position = this.#disk.journal.length + 1
    const before = this.#disk.journal.at(-1)?.digest ?? ''
    const digest = Checksum.parse(createHash('sha256').update(before).update(JSON.stringify(entry)).digest('hex'))
    const stored = { ...entry, position, digest }
    this.#disk.journal.push(stored)
    this.#options.stored?.(stored, transition)
    return stored
  }
}

function newRows(record: RunRecord, lineage: Lineage | undefined): Rows {
  if (lineage === undefined) throw new StorageFailed(`run ${record.id} is created without its lineage`)
  const none = { steps: new Map(), attempts: new Map(), decisions: new Map(), errors: new Map(), checkpoints: [], removed: new Set<number>(), starts: new Map(), pinned: new Map() }
  return { record, standing: [], lineage, ...none }
}

/** What a branch has from the one that is left for it. */
function keptOf({ steps }: Rows, { kept }: BranchStart, branch: number): StepRecord[] {
  return Object.entries(kept).flatMap(([step, count]) =>
    Array.from({ length: count }, (_, index) => {
      const pass = steps.get(`${branch - 1}/${step}/${index + 1}`)
      if (pass === undefined) throw new StorageFailed(`there is no pass ${index + 1} of ${step} to be kept`)
      return { ...pass, branch }
    }),
  )
}

/** A checkpoint of a run as the run goes back to it. @throws Error where there is none */
export function momentAt(rows: Rows, number: number): Moment {
  const { record, checkpoints, pinned, steps } = rows
  const branch = checkpoints[number]?.branch
  const code = branch === undefined ? undefined : pinned.get(branch)
  if (branch === undefined || code === undefined) throw new Error(`run ${record.id} has no checkpoint ${number}`)
  const state = stateAt(rows, number)
  const told = [...steps.values()].filter((pass) => pass.branch === branch || pass.compensation === 'done')
  const definitions = [...new Set([...[...pinned.values()].map(({ revision }) => revision), ...(record.origin?.earlier ?? [])])]
  return { checkpoint: { run: record.id, number, branch }, record, pinned: code, definitions, state, steps: told }
}

/** What the checkpoints up to this one add up to, along the branches that lead to it. */
export function stateAt({ checkpoints, starts }: Pick<Rows, 'checkpoints' | 'starts'>, number: number): Map<string, StateChange> {
  const branch = checkpoints[number]?.branch ?? 0
  const from = starts.get(branch)
  const state = from === undefined ? new Map<string, StateChange>() : stateAt({ checkpoints, starts }, from)
  for (const draft of checkpoints.slice(0, number + 1)) {
    if (draft.branch === branch) for (const change of draft.changes) takeChange(state, change)
  }
  return state
}
