/** A store in memory with its feed, put together as the host does: committed first, then heard of. */
import { type Parts, runId, SampleRun, sampleHostEntry, sampleRevision } from '../../test/conformance/samples.ts'
import { ManualClock } from '../../test/conformance/manual-clock.ts'
import { Disk, MemoryStorage } from '../../test/simulation/memory-storage.ts'
import type { HostEvent } from '../model/event.ts'
import type { RunId } from '../model/ids.ts'
import type { Signal } from '../model/log.ts'
import type { RunDetail, RunSummary } from '../model/views.ts'
import { createFeed } from './feed.ts'

export class Committing {
  readonly feed = createFeed(0)
  readonly clock = new ManualClock()
  /** The run of each number that was committed, as its last commit answered it. */
  readonly summaries = new Map<RunId, RunSummary>()
  /** The newest version of each run that the host was told of. */
  readonly heard = new Map<RunId, number>()
  readonly said: Signal[] = []
  /** How much of what was said the store has written. */
  written = 0
  readonly #disk = new Disk()
  readonly #storage = new MemoryStorage({
    disk: this.#disk,
    randomness: { bytes: (count) => new Uint8Array(count) },
    defer: (flush) => flush(),
  })
  readonly #runs = new Map<number, SampleRun>()
  /** Called between the moment a run is asked for and the moment it is read. */
  reading: () => Promise<void> = async () => {}

  readonly queries = {
    run: async (run: RunId): Promise<RunDetail | undefined> => {
      await this.reading()
      return this.detail(run)
    },
    signals: async (run: RunId, limit: number): Promise<readonly Signal[]> => {
      await this.reading()
      return this.said.slice(0, this.written).filter((signal) => signal.run === run).slice(-limit)
    },
  }

  get position(): number {
    return this.#disk.journal.length
  }

  /** The next transition of a run. */
  async commit(number: number, parts: Parts = {}): Promise<void> {
    const tell = await this.store(number, parts)
    tell()
  }

  /** Stores the next transition of a run, and answers what tells the host of it. */
  async store(number: number, parts: Parts = {}): Promise<() => void> {
    const known = this.#runs.get(number)
    const run = known ?? new SampleRun(this.#storage, number)
    this.#runs.set(number, run)
    const transition = known === undefined ? run.create(parts) : run.next(parts)
    const { entry, summary } = await this.#storage.commit(transition)
    this.summaries.set(run.id, summary)
    const { record, steps, attempts, decisions, errors } = transition
    return () => {
      this.heard.set(run.id, record.version)
      this.feed.committed(entry, { summary, record, steps, attempts, decisions, errors })
    }
  }

  /** An attempt of a run says something; the store has not written it yet. */
  say(signal: Signal): void {
    this.said.push(signal)
    this.feed.signalled(signal)
  }

  /** The store writes all that was said so far. */
  write(): void {
    this.written = this.said.length
  }

  async record(event: HostEvent): Promise<void> {
    this.feed.committed(await this.#storage.record({ ...sampleHostEntry(), events: [event] }), null)
  }

  /** The run as a reader finds it, rows in the order of their keys. */
  detail(run: RunId): RunDetail | undefined {
    const rows = this.#disk.runs.get(run)
    if (rows === undefined) return undefined
    return {
      position: this.position,
      record: rows.record,
      manifest: sampleRevision.manifest,
      steps: inOrder([...rows.steps.values()], ({ branch, step, iteration }) => [branch, step, iteration]),
      attempts: inOrder([...rows.attempts.values()], ({ branch, step, iteration, attempt }) => [branch, step, iteration, attempt]),
      decisions: inOrder([...rows.decisions.values()], ({ id }) => [id]),
      errors: inOrder([...rows.errors.values()], ({ id }) => [id]),
    }
  }
}

export const one = runId(1)

function inOrder<T>(rows: readonly T[], keyOf: (row: T) => readonly (string | number)[]): T[] {
  const name = (row: T): string => keyOf(row).map((part) => String(part).padStart(70)).join()
  return rows.toSorted((a, b) => (name(a) < name(b) ? -1 : 1))
}
