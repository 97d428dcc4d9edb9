/**
 * The engine's storage on SQLite.
 *
 * Who owns what: the group owns the write transaction, the journal writer knows where the journal ends, the signal
 * buffer holds what is not yet written. Everything that is read here is read from committed rows.
 */
import type Database from 'better-sqlite3'
import type {
  Clock,
  Committed,
  LastWork,
  Lineage,
  Moment,
  Randomness,
  SealedValue,
  Storage,
  StoredRun,
  Transition,
  UnfinishedRuns,
} from '../engine/ports.ts'
import type { OpenBreaker } from '../model/breaker.ts'
import type { HostEntry, JournalEntry } from '../model/entry.ts'
import type { Address, Instant, LineageId, Millis, RevisionHash, RunId, StepId } from '../model/ids.ts'
import type { Json } from '../model/json.ts'
import type { Signal } from '../model/log.ts'
import type { Manifest } from '../model/manifest.ts'
import type { RemovedCheckpoints, RemovedRun } from '../model/retention.ts'
import type { Revision } from '../model/revision.ts'
import { CorruptionFound } from '../model/storage-errors.ts'
import type { Throttle } from '../model/throttle.ts'
import { vaultOf } from './crypt/unlock.ts'
import type { LatencyBucket } from './format/latency.ts'
import { saltBytes, sealValue } from './format/value.ts'
import { branchReader } from './read/branches.ts'
import { breakerReader } from './read/breakers.ts'
import { currentRowReader } from './read/current-row.ts'
import type { JournalHead } from './read/journal.ts'
import { ifWhole } from './read/if-whole.ts'
import { lineageReader } from './read/lineages.ts'
import { momentReader } from './read/moments.ts'
import { removedRunReader } from './read/removed-runs.ts'
import { returnedRunChecker } from './read/returned-run.ts'
import { revisionReader } from './read/revisions.ts'
import { runReader } from './read/runs.ts'
import { signalReader } from './read/signals.ts'
import { storedRunReader } from './read/stored-run.ts'
import { throttleReader } from './read/throttles.ts'
import { valueReader } from './read/values.ts'
import { atOnce } from './sqlite/at-once.ts'
import { freePages, giveBack, givesBack } from './sqlite/free-pages.ts'
import { reading } from './sqlite/reading.ts'
import { type Defer, Group, type Outcomes } from './write/group.ts'
import { JournalWriter } from './write/journal-writer.ts'
import { LatencyBuffer } from './write/latency-buffer.ts'
import { breakerWriter } from './write/breaker-writer.ts'
import { latencyWriter } from './write/latency-writer.ts'
import { type Removal, removalWriter, type Removed } from './write/removal-writer.ts'
import { revisionWriter } from './write/revision-writer.ts'
import { SignalBuffer } from './write/signal-buffer.ts'
import { signalWriter } from './write/signal-writer.ts'
import { throttleWriter } from './write/throttle-writer.ts'
import { transitionWriter } from './write/transition-writer.ts'
import { type Trimmed, type TrimOrder, trimWriter } from './write/trim-writer.ts'
import { WrittenRuns } from './write/written-runs.ts'

/** How long signals wait for their writing, in milliseconds: what a crash may lose of them. */
const signalDelay = 1_000

export interface StorageParts {
  readonly defer: Defer
  readonly clock: Clock
  /** Milliseconds, with fractions, since some moment; setting a clock does not move it. */
  readonly elapsed: () => number
  readonly randomness: Pick<Randomness, 'bytes'>
  /** Bytes of a value's RFC 8785 form. */
  readonly valueLimit: number
  /** Bytes of deltas that a keyframe is not worth. */
  readonly keyframeFloor: number
  readonly outcomes: Outcomes
  readonly lastWork?: Pick<LastWork, 'on'>
  readonly troubled: (what: string, error: unknown) => void
}

export class SqliteStorage implements Storage {
  readonly #db: Database.Database
  readonly #parts: StorageParts
  readonly #journal: JournalWriter
  readonly #signals = new SignalBuffer()
  readonly #latencies = new LatencyBuffer()
  readonly #group: Group
  readonly #read
  readonly #write
  #cancelSignals: (() => void) | undefined
  /** When what is said is written next. */
  #signalsAt: Instant | undefined
  #closed = false

  constructor(db: Database.Database, parts: StorageParts) {
    this.#db = db
    this.#parts = parts
    this.#journal = new JournalWriter(db)
    const written = new WrittenRuns()
    const vault = vaultOf(db)
    const followers = [this.#journal, this.#signals, written, ...(vault === undefined ? [] : [vault])]
    this.#group = new Group(db, parts.defer, followers, parts.outcomes)
    this.#read = {
      runs: runReader(db),
      rows: currentRowReader(db),
      removed: removedRunReader(db),
      branches: branchReader(db),
      stored: storedRunReader(db),
      moments: momentReader(db),
      returned: returnedRunChecker(db),
      lineages: lineageReader(db),
      values: valueReader(db),
      revisions: revisionReader(db),
      signals: signalReader(db),
      breakers: breakerReader(db),
      throttles: throttleReader(db),
    }
    this.#write = {
      transition: transitionWriter(db, this.#journal, written, parts.keyframeFloor),
      revision: revisionWriter(db),
      signals: signalWriter(db),
      latencies: latencyWriter(db),
      breakers: breakerWriter(db),
      throttles: throttleWriter(db),
      removal: removalWriter(db, this.#journal, written),
      trim: trimWriter(db, this.#journal, written),
    }
  }

  /** Where the journal ends, as committed. */
  get head(): JournalHead {
    return this.#journal.head
  }

  seal(lineage: Lineage, value: Json, sensitive: boolean): SealedValue {
    const own = sensitive ? this.#parts.randomness.bytes(saltBytes) : null
    return sealValue(lineage, value, own, this.#parts.valueLimit)
  }

  commit(transition: Transition): Promise<Committed> {
    const { clock, elapsed, troubled } = this.#parts
    this.#writeLatencies(clock.now())?.catch((error: unknown) => troubled('writing how long commits took', error))
    const work = (): Committed => this.#workOn(transition.run, () => this.#write.transition(transition))
    if (transition.checkpoints.length === 0) return this.#group.submit(work)
    const since = elapsed()
    return this.#group.submit(work, () => this.#latencies.add(clock.now(), elapsed() - since))
  }

  /** How long commits took, as far as it is not written yet. */
  latencies(): readonly LatencyBucket[] {
    return this.#latencies.waiting()
  }

  record(entry: HostEntry): Promise<JournalEntry> {
    return this.#group.submit(() => {
      this.#write.breakers(entry)
      this.#write.throttles(entry)
      return this.#journal.append(entry, null)
    })
  }

  /** Writes what is there already, to see whether it can be written. @throws StorageFailed */
  probe(): Promise<void> {
    return this.#group.submit(() => {
      const version = Number(this.#db.pragma('user_version', { simple: true }))
      this.#db.pragma(`user_version = ${version}`)
    })
  }

  /** Removes runs, as many as one transaction takes. @throws CorruptionFound, StorageFailed */
  remove(removal: Removal): Promise<Removed> {
    return this.#group.submit(() => this.#write.removal(removal))
  }

  /** Removes checkpoints of a run that stays, as many as one transaction takes. @throws CorruptionFound, StorageFailed */
  trim(order: TrimOrder): Promise<Trimmed> {
    return this.#group.submit(() => this.#write.trim(order))
  }

  /** Gives up to so many pages of the file back; false where there are none, or none that can be. @throws StorageFailed */
  giveBack(pages: number): Promise<boolean> {
    return this.#group.submit(() => {
      const free = freePages(this.#db)
      if (free === 0 || !givesBack(this.#db)) return false
      giveBack(this.#db, pages)
      return freePages(this.#db) < free
    })
  }

  saveRevision(revision: Revision): Promise<void> {
    return this.#group.submit(() => this.#write.revision(revision))
  }

  load(run: RunId): StoredRun | undefined {
    return this.#workOn(run, () => this.#readingMany(() => this.#read.stored(run)))
  }

  /** Whether the run's own row is there, whole, and what the journal last had it at: one that is not takes no commit. @throws StorageFailed */
  hasRow(run: RunId): boolean {
    return this.#readingMany(() => ifWhole(() => this.#read.rows.byId(run))) !== undefined
  }

  removed(run: RunId): RemovedRun | undefined {
    return this.#reading(() => this.#read.removed.byId(run)?.run)
  }

  trimmed(run: RunId): readonly RemovedCheckpoints[] {
    return this.#reading(() => this.#read.branches(run)?.flatMap(({ removed }) => removed) ?? [])
  }

  moment(run: RunId, checkpoint: number): Moment | undefined {
    return this.#workOn(run, () => this.#readingMany(() => this.#read.moments(run, checkpoint)))
  }

  checkReturned(run: RunId, to: Moment['state']): void {
    this.#workOn(run, () => this.#readingMany(() => this.#read.returned(run, to)))
  }

  breakers(): readonly OpenBreaker[] {
    return this.#reading(() => this.#read.breakers())
  }

  throttles(): readonly Throttle[] {
    return this.#reading(() => this.#read.throttles())
  }

  unfinished(): UnfinishedRuns {
    return this.#reading(() => this.#read.runs.unfinished())
  }

  value(lineage: LineageId, address: Address): Json {
    return this.#reading(() => {
      const numbered = this.#read.lineages.byId(lineage)
      if (numbered === undefined) throw new CorruptionFound('lineage', lineage, 'it is not there')
      return this.#read.values.get(numbered, address)
    })
  }

  revision(hash: RevisionHash): Revision | undefined {
    return this.#reading(() => this.#read.revisions.find(hash))
  }

  manifest(hash: RevisionHash): Manifest {
    return this.#reading(() => this.#read.revisions.manifest(hash))
  }

  keep(signals: readonly Signal[], apart: Millis = 0): void {
    for (const signal of signals) this.#writeSignalsSoon(this.#signals.add(signal, apart))
  }

  /** A second from now, or when something that waits may be written; a nearer time that is set already stands. */
  #writeSignalsSoon(due: Instant | undefined): void {
    const { clock, troubled } = this.#parts
    if (due === undefined || this.#closed) return
    const at = Math.max(due, clock.now() + signalDelay)
    if (this.#signalsAt !== undefined && this.#signalsAt <= at) return
    this.#cancelSignals?.()
    this.#signalsAt = at
    this.#cancelSignals = clock.at(at, () => {
      this.#signalsAt = undefined
      this.#writeSignals(clock.now()).then(
        () => this.#writeSignalsSoon(this.#signals.due()),
        (error: unknown) => troubled('writing logs, progress and heartbeats', error),
      )
    })
  }

  lastHeartbeat(run: RunId, branch: number, step: StepId, iteration: number): Json | undefined {
    const waiting = this.#signals.lastHeartbeat(run, branch, step, iteration)
    const written = this.#reading(() => {
      const number = this.#read.runs.numberOf(run)
      return number === undefined ? undefined : this.#read.signals.lastHeartbeat(number, branch, step, iteration)
    })
    return (waiting?.attempt ?? 0) < (written?.attempt ?? 0) ? written?.value : waiting?.value
  }

  /** Commits all that was handed in and takes no more. */
  async close(): Promise<void> {
    this.#closed = true
    this.#cancelSignals?.()
    const written = Promise.all([this.#writeSignals(Number.POSITIVE_INFINITY), this.#writeLatencies(Number.POSITIVE_INFINITY)])
    this.#group.flush()
    try {
      await written
    } finally {
      this.#group.close()
    }
  }

  #workOn<T>(run: RunId, work: () => T): T {
    const { lastWork } = this.#parts
    return lastWork === undefined ? work() : lastWork.on(run, work)
  }

  /** What one attempt has said is lost where it belongs on what is damaged; what others have said is not. @throws StorageFailed; CorruptionFound once the others' is written */
  async #writeSignals(now: Instant): Promise<void> {
    try {
      await this.#group.submit(() => this.#write.signals(this.#signals.take(now)))
    } catch (error) {
      if (!(error instanceof CorruptionFound)) throw error
      await Promise.all(this.#signals.take(now).map((said) => this.#group.submit(() => this.#write.signals([said]))))
    }
  }

  /** Goes along with the group that is being submitted, so that it costs no fsync of its own. */
  #writeLatencies(now: number): Promise<void> | undefined {
    const over = this.#latencies.take(now)
    return over.length === 0 ? undefined : this.#group.submit(() => this.#write.latencies(over))
  }

  /** In one transaction: to begin one for each row takes longer than to read it. */
  #readingMany<T>(read: () => T): T {
    return this.#reading(() => atOnce(this.#db, read))
  }

  #reading<T>(read: () => T): T {
    return reading(this.#db.name, read)
  }
}
