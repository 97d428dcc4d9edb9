/**
 * What retention would remove, read off the store in a thread of its own.
 *
 * Invariants:
 * 1. What goes rests on checked rows: where a run's row cannot be read, nothing goes; where the rows of another run of its
 *    lineage cannot, the run stays, since nobody knows which values those two share.
 * 2. It counts what removing counts, in the order in which that removes: told and done are equal.
 */
import type Database from 'better-sqlite3'
import type { Instant, RunId } from '../../model/ids.ts'
import {
  added,
  type Amount,
  isBounded,
  noAmount,
  type RetentionPlan,
  type RetentionPolicy,
} from '../../model/retention.ts'
import { ifWhole } from '../read/if-whole.ts'
import { fileBytes, freeBytes } from '../sqlite/free-pages.ts'
import { choose, type Chosen, type EndedRun, type Staying } from './choose.ts'
import { runMeter } from './measure.ts'
import type { Removable, Since } from './removable.ts'
import { survey } from './survey.ts'

/** Runs that are named of those that go, and of those that stay. */
const mostNamed = 200

export interface Planned {
  readonly plan: RetentionPlan
  /** In the order in which they are removed. */
  readonly runs: readonly Removable[]
  readonly since: Since
}

export interface Planning {
  readonly policy: RetentionPolicy
  readonly now: Instant
  /** Runs of which damage was found. */
  readonly damaged: readonly RunId[]
}

/** @throws CorruptionFound, and GivenUp where `goOn` does, which is called between the steps of it */
export function planRetention(db: Database.Database, { policy, now, damaged }: Planning, goOn: () => void): Planned {
  const { runs, unfinished, upTo, kinOf } = survey(db, goOn)
  const meter = runMeter(db)
  const choice = choose(runs, { policy, now, damaged: new Set(damaged), weigh: meter.weigh })
  const measured: { readonly chosen: Chosen; readonly amount: Amount; readonly kin: readonly number[] }[] = []
  const staying: Staying[] = [...choice.staying]
  const gone = new Set<number>()
  for (const chosen of choice.going) {
    goOn()
    const { run } = chosen
    const kin = kinOf(run)
    const amount = ifWhole(() => meter.amount(run, kin.filter((number) => !gone.has(number))))
    if (amount === undefined) staying.push({ run, why: 'damaged' })
    else {
      gone.add(run.number)
      measured.push({ chosen, amount, kin })
    }
  }
  return {
    plan: {
      at: now,
      isBounded: isBounded(policy),
      total: measured.reduce((sum, { amount }) => added(sum, amount), noAmount),
      parts: [...Map.groupBy(measured, ({ chosen: { run, rule } }) => `${run.workflow} ${rule}`).values()].flatMap(partOf),
      going: measured.slice(0, mostNamed).map(({ chosen: { run, rule }, amount }) => ({ ...named(run), rule, bytes: amount.bytes })),
      staying: staying.slice(0, mostNamed).map(({ run, why }) => ({ ...named(run), why })),
      stays: staying.length,
      free: freeBytes(db),
      file: fileBytes(db),
    },
    runs: [...unfinished, ...measured.map(({ chosen, kin }) => removable(chosen, kin))],
    since: { upTo, replays: [] },
  }
}

function removable({ run: { number, id, version }, rule }: Chosen, kin: readonly number[]): Removable {
  return { number, kin, chosen: { run: id, version, rule } }
}

function partOf(all: readonly { readonly chosen: Chosen; readonly amount: Amount }[]): RetentionPlan['parts'] {
  const [first] = all
  if (first === undefined) return []
  const { run, rule } = first.chosen
  return [{ workflow: run.workflow, rule, amount: all.reduce((sum, { amount }) => added(sum, amount), noAmount) }]
}

function named({ id, workflow, endedAt }: EndedRun): Pick<RetentionPlan['going'][number], 'run' | 'workflow' | 'endedAt'> {
  return { run: id, workflow, endedAt }
}
