/** The figures of whole lives: they do not depend on how the journal is read, and equal what is counted one by one. */
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { JournalEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { ErrorEnding } from '../../src/model/metrics.ts'
import { countsIn } from '../../src/store/index/metrics/counts-text.ts'
import { metrics } from '../../src/store/index/metrics/projection.ts'
import { sliceReader } from '../../src/store/index/slice.ts'
import { cellOf } from '../../src/store/measure/histogram.ts'
import { floor, kept } from '../../src/store/measure/widths.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { migrate } from '../../src/store/sqlite/migrate.ts'
import { JournalWriter } from '../../src/store/write/journal-writer.ts'
import { simulate } from './simulate.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')

let lives: readonly JournalEntry[][] = []
beforeAll(async () => {
  const seeds = Array.from({ length: Math.ceil(20 * scale) + 2 }, (_, index) => index + 1)
  lives = await Promise.all(
    seeds.map(async (seed) => {
      const entries: JournalEntry[] = []
      await simulate(seed, (entry) => entries.push(entry))
      return entries
    }),
  )
})

/** Everything that the index has counted once it has read these slices one after the other. */
function counted(slices: readonly (readonly JournalEntry[])[]): { counts: string[]; underWay: unknown } {
  const [index, store] = [new Database(':memory:'), new Database(':memory:')]
  try {
    migrate(store, migrations)
    metrics.create(index)
    putRuns(store, slices.flat())
    const [read, follow] = [sliceReader(store), metrics.follow(index, store)]
    for (const slice of slices) index.transaction(follow(read({ entries: slice, runs: [] })))()
    const rows = index.prepare<[], unknown[]>('SELECT kind, width, at, workflow, name, counts FROM metric').raw().all()
    return {
      counts: rows.flatMap((row) => countsIn(row.pop()).map((counts) => [...row, ...counts].join(' '))).toSorted(),
      underWay: index.prepare('SELECT count(*) FROM metric_account').pluck().get(),
    }
  } finally {
    index.close()
    store.close()
  }
}

/** What the store tells of runs that have ended and move again: who they are, and how they began. */
function putRuns(store: Database.Database, entries: readonly JournalEntry[]): void {
  const put = store.prepare("INSERT INTO run (number, id, workflow, status, content, checksum) VALUES (?, ?, ?, '', '', x'')")
  const journal = new JournalWriter(store)
  const numbers = new Map<RunId, number>()
  for (const entry of entries) {
    const created = entry.events.find(({ type }) => type === 'run_created')
    if (created?.type === 'run_created') {
      numbers.set(created.run.id, numbers.size + 1)
      put.run(numbers.size, created.run.id, created.run.workflow)
    }
    const number = entry.run === null ? undefined : numbers.get(entry.run)
    journal.append(entry, number === undefined ? null : { number, lineage: number })
  }
}

/** Cuts a journal at these shares of its length. */
function cut(entries: readonly JournalEntry[], at: readonly number[]): JournalEntry[][] {
  const places = [0, ...at.map((share) => Math.floor(share * entries.length)).toSorted((a, b) => a - b), entries.length]
  return places.slice(1).map((place, index) => entries.slice(places[index], place))
}

test('law: whatever the slices in which the journal is read, the figures are the same', () => {
  for (const entries of lives) {
    const whole = counted([entries])
    // In some lives nothing is ever committed: the disk failed first.
    expect(whole.counts.length > 0).toBe(entries.some(({ run }) => run !== null))
    expect(whole.underWay).toBe(0)
    expect(counted(entries.map((entry) => [entry]))).toEqual(whole)
  }
  const [first = []] = lives
  const whole = counted([first])
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), (at) => {
      expect(counted(cut(first, at))).toEqual(whole)
    }),
    { numRuns: Math.ceil(100 * scale) },
  )
})

test('law: the figures are what is counted one by one, for every width of bucket', () => {
  for (const entries of lives) expect(counted([entries]).counts).toEqual(recounted(entries))
})

/** The same by hand: every fact is looked for by itself, in all that its run ever did. */
function recounted(entries: readonly JournalEntry[]): string[] {
  const counts = new Map<string, number>()
  const ofRuns = Map.groupBy(
    entries.filter((entry) => entry.run !== null),
    ({ run }) => run,
  )
  for (const run of ofRuns.values()) {
    for (const [at, fact] of factsOf(run)) {
      for (const width of kept) {
        const [kind, ...rest] = fact
        const key = [kind, width, floor(at, width), ...rest].join(' ')
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).toSorted()
}

/** The revision that the run was last sent back to. */
function pinnedAfter(before: readonly Happened[]): string | undefined {
  const restored = before.map(({ event }) => event).findLast((event) => event.type === 'run_restored')
  return restored?.basis?.revision
}

type Fact = readonly [at: number, fact: readonly (string | number)[]]
interface Happened {
  readonly at: number
  readonly entry: RunEntry
  readonly event: RunEvent
}

function factsOf(entries: readonly (JournalEntry & { run: RunId | null })[]): Fact[] {
  const all: Happened[] = entries.flatMap((entry) =>
    entry.run === null ? [] : entry.events.map((event) => ({ at: entry.at, entry, event })),
  )
  const created = all.map(({ event }) => event).find((event) => event.type === 'run_created')
  if (created === undefined) throw new Error('a run has no beginning')
  const { workflow, revision, createdAt, origin } = created.run

  return all.flatMap(({ at, entry, event }, place): Fact[] => {
    const [before, after] = [all.slice(0, place), all.slice(place + 1)]
    const error = (as: string, ending: ErrorEnding): Fact => [at, ['error', workflow, as, ending]]
    switch (event.type) {
      case 'run_created':
        return [[at, ['run', workflow, 'started', revision]]]
      case 'run_moved':
        if (!['completed', 'failed', 'cancelled'].includes(event.to)) return []
        // An entry may say twice that the run has ended.
        if (entry.events.find((other) => other.type === 'run_moved' && other.to === event.to) !== event) return []
        return [
          [at, ['run', workflow, event.to, pinnedAfter(before) ?? revision]],
          ...(event.to === 'completed' && origin === null && !isSentBack(before) ? [[at, ['run_took', workflow, '', cellOf(at - createdAt)]] as const] : []),
        ]
      case 'attempt_ended': {
        const start = before.findLast(({ event: other }) => other.type === 'attempt_started' && sameAttempt(other, event))
        const isRun = start?.event.type === 'attempt_started' && start.event.phase === 'run'
        const measured = isRun && (event.status === 'completed' || event.status === 'failed')
        const isError = event.status === 'failed' || event.status === 'in_doubt'
        return [
          ...(measured ? [[at, ['attempt_took', workflow, event.step, cellOf(at - start.at)]] as const] : []),
          ...(measured && event.status === 'failed' ? [[at, ['attempt_failed', workflow, event.step, '']] as const] : []),
          ...(isError && event.failure !== null ? [error(event.failure.class, endingOf(event, after))] : []),
        ]
      }
      case 'decision_closed': {
        if (event.status !== 'expired') return []
        const asked = passOf(event.id, before)
        return [error('expired', asked === undefined ? 'open' : endingOf(asked, after))]
      }
      case 'run_quarantined':
        return [error('corruption', endingOf(null, after))]
      case 'run_closing': {
        const { outcome, failure } = event.closing
        const byStep = entry.events.some(({ type }) => type === 'step_failed')
        return outcome === 'failed' && !byStep ? [error(failure?.class ?? '', endingOf(null, after))] : []
      }
      case 'step_failed': {
        const errs = before.some(
          ({ event: other }, index) =>
            other.type === 'attempt_ended' &&
            (other.status === 'failed' || other.status === 'in_doubt') &&
            samePass(other, event) &&
            endingOf(other, all.slice(index + 1, place)) === 'open',
        )
        const expired = before.some(({ event: other, entry: of }) => of === entry && other.type === 'decision_closed')
        return errs || expired || entry.actor.kind === 'person' ? [] : [error(event.failure.class, 'failed')]
      }
      default:
        return []
    }
  })
}

function isSentBack(before: readonly Happened[]): boolean {
  return before.some(({ event }) => event.type === 'run_restored')
}

interface Pass {
  readonly step: string
  readonly iteration: number
}

const samePass = (a: Pass, b: Pass): boolean => a.step === b.step && a.iteration === b.iteration

function sameAttempt(a: Pass & { attempt: number }, b: Pass & { attempt: number }): boolean {
  return samePass(a, b) && a.attempt === b.attempt
}

function passOf(id: string, before: readonly Happened[]): Pass | undefined {
  const opened = before.find(({ event }) => event.type === 'decision_opened' && event.decision.id === id)?.event
  return opened?.type === 'decision_opened' ? opened.decision : undefined
}

/** The first thing after an error that ends it; null for an error of the run as a whole. */
function endingOf(pass: Pass | null, after: readonly Happened[]): ErrorEnding {
  const asked = new Map<string, Pass>()
  const checks: (Pass & { attempt: number })[] = []
  for (const { event, entry } of after) {
    if (event.type === 'run_restored') return 'person'
    if (event.type === 'run_moved') {
      if (event.to === 'completed') return 'skipped'
      if (event.to === 'failed') return 'failed'
      if (event.to === 'cancelled') return 'person'
    }
    if (pass === null) continue
    if (event.type === 'decision_opened' && event.decision.kind !== 'approval') asked.set(event.decision.id, event.decision)
    if (event.type === 'decision_closed' && event.status !== 'withdrawn' && event.status !== 'expired') {
      const of = asked.get(event.id)
      if (of !== undefined && samePass(of, pass)) return 'person'
    }
    if (!('step' in event) || event.step === null || event.iteration === null) continue
    if (!samePass({ step: event.step, iteration: event.iteration }, pass)) continue
    if (event.type === 'attempt_started' && event.phase === 'check') checks.push(event)
    // What a check that has answered found out has an event of its own.
    const isChecked = event.type === 'attempt_ended' && checks.some((check) => sameAttempt(check, event))
    if (event.type === 'attempt_ended' && event.status === 'completed' && !isChecked) return 'retried'
    if (event.type === 'step_completed') return event.via === null ? 'retried' : 'fallback'
    if (event.type === 'step_skipped') return event.reason === 'person' ? 'person' : 'skipped'
    if (event.type === 'step_superseded') return entry.events.some(({ type }) => type === 'run_restored') ? 'person' : 'skipped'
    if (event.type === 'step_failed') return 'failed'
  }
  return 'open'
}
