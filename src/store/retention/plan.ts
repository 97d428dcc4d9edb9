/**
 * What retention would remove, read off the store in a thread of its own.
 *
 * Invariants:
 * 1. What goes rests on checked rows: where a run's row cannot be read, nothing goes; where the rows of another run of its
 *    lineage cannot, the run stays, since nobody knows which values those two share. So do the values of one that is removed already.
 * 2. It counts what removing counts, in the order in which that removes: told and done are equal.
 * 3. A parent comes before its children, which stay where it does.
 */
import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import type { Instant, RunId } from '../../model/ids.ts'
import {
  added,
  type Amount,
  boundsOf,
  isBounded,
  noAmount,
  type RetentionPlan,
  type RetentionPolicy,
  type StayReason,
} from '../../model/retention.ts'
import { ifWhole } from '../read/if-whole.ts'
import { journalReader } from '../read/journal.ts'
import { fileBytes, freeBytes, givesBack } from '../sqlite/free-pages.ts'
import { choose, type Chosen, type EndedRun, type Staying, type SurveyedRun } from './choose.ts'
import { type Going, runMeter } from './measure.ts'
import { mayTrim, type Trim, trimPlanner } from './plan-trims.ts'
import type { Removable, Since, Trimmable } from './removable.ts'
import { type OfLineage, survey } from './survey.ts'

/** Runs that are named of those that go, and of those that stay. */
const mostNamed = 200

export interface Planned {
  readonly plan: RetentionPlan
  /** In the order in which they are removed. */
  readonly runs: readonly Removable[]
  readonly since: Since
  /** Once those are gone, in this order. */
  readonly trims: readonly Trimmable[]
}

export interface Planning {
  readonly policy: RetentionPolicy
  readonly now: Instant
  /** Runs of which damage was found. */
  readonly damaged: readonly RunId[]
}

/** @throws CorruptionFound, and GivenUp where `goOn` does, which is called between the steps of it */
export function planRetention(db: Database.Database, { policy, now, damaged }: Planning, goOn: () => void): Planned {
  const { position } = journalReader(db).head()
  const { runs, unfinished, upTo, kinOf } = survey(db, goOn)
  /** Values that go: none goes twice. */
  const counted = new Set<number>()
  const meter = runMeter(db, counted)
  const choice = choose(runs, { policy, now, damaged: new Set(damaged), weigh: meter.weigh })
  const removals: Removable[] = []
  const measured: { readonly chosen: Chosen; readonly amount: Amount }[] = []
  const staying: Staying[] = [...choice.staying]
  /** Those that stay after all: they cannot be read, or their parent cannot. */
  const unmeasured = new Set<RunId>()
  const stays = (run: EndedRun, why: StayReason): void => {
    staying.push({ run, why })
    unmeasured.add(run.id)
  }
  const gone = new Set<number>()
  const unsure = new Set<number>()
  const othersOf = ({ number, lineage }: OfLineage): number[] => kinOf(lineage).filter((kin) => kin !== number && !gone.has(kin))
  const goingOf = (run: OfLineage, isThere: boolean): Going | undefined => ifWhole(() => meter.going(run, othersOf(run), isThere))
  for (const { number, lineage } of unfinished) {
    goOn()
    const going = goingOf({ number, lineage }, false)
    if (going === undefined) unsure.add(lineage)
    removals.push({ number, lineage, kin: kinOf(lineage), chosen: null, values: going?.values ?? [] })
  }
  for (const chosen of choice.going) {
    goOn()
    const { run, rule } = chosen
    if (run.parent !== null && unmeasured.has(run.parent)) {
      stays(run, 'child')
      continue
    }
    const going = goingOf(run, true)
    if (going === undefined) stays(run, 'damaged')
    else {
      const { number, lineage, id, version } = run
      gone.add(number)
      measured.push({ chosen, amount: going.amount })
      removals.push({ number, lineage, kin: kinOf(lineage), chosen: { run: id, version, rule }, values: going.values })
    }
  }
  const trims = trimmed(db, { policy, position, damaged, goOn, newest: upTo, runs, othersOf, gone, counted })
  return {
    plan: {
      at: now,
      isBounded: isBounded(policy),
      total: [...measured, ...trims].reduce((sum, { amount }) => added(sum, amount), noAmount),
      parts: partsOf([...measured.map(({ chosen: { run, rule }, amount }) => ({ workflow: run.workflow, rule, amount })), ...trims.flatMap(partsOfTrim)]),
      going: measured.slice(0, mostNamed).map(({ chosen: { run, rule }, amount }) => ({ ...named(run), rule, bytes: amount.bytes })),
      trims: trims.slice(0, mostNamed).flatMap(partsOfTrim).map(({ run, workflow, rule, amount: { checkpoints, bytes } }) => ({ run, workflow, rule, checkpoints, bytes })),
      staying: staying.slice(0, mostNamed).map(({ run, why }) => ({ ...named(run), why })),
      stays: staying.length,
      free: freeBytes(db),
      file: fileBytes(db),
      givesBack: givesBack(db),
    },
    runs: removals,
    since: { upTo, replays: [], position, named: new Map(), unsure },
    trims,
  }
}

type Part = RetentionPlan['parts'][number]

function partsOf(all: readonly Part[]): Part[] {
  return [...Map.groupBy(all, ({ workflow, rule }) => `${workflow} ${rule}`).values()].flatMap((parts) => {
    const [first] = parts
    return first === undefined ? [] : [{ workflow: first.workflow, rule: first.rule, amount: parts.reduce((sum, { amount }) => added(sum, amount), noAmount) }]
  })
}

function partsOfTrim({ run, workflow, parts }: Trim): (Part & Pick<Trim, 'run'>)[] {
  return parts.map((part) => ({ run, workflow, ...part }))
}

interface Trimmed {
  readonly policy: RetentionPolicy
  readonly position: Position
  readonly newest: number
  readonly damaged: readonly RunId[]
  readonly goOn: () => void
  readonly runs: readonly SurveyedRun[]
  readonly othersOf: (run: OfLineage) => readonly number[]
  readonly gone: ReadonlySet<number>
  readonly counted: Set<number>
}

/** What goes of runs that stay; nothing of one that a person keeps or of which damage was found. */
function trimmed(db: Database.Database, { policy, position, newest, damaged, goOn, runs, othersOf, gone, counted }: Trimmed): Trim[] {
  const plan = trimPlanner(db, counted)
  const known = new Set(damaged)
  const replayed = Map.groupBy(runs.filter(({ endedAt, from }) => endedAt === null && from !== null), ({ origin }) => origin)
  return runs.flatMap((run) => {
    goOn()
    const bounds = boundsOf(policy, run.workflow)
    if (gone.has(run.number) || run.isKept || known.has(run.id) || !mayTrim(run, bounds)) return []
    const from = (replayed.get(run.id) ?? []).flatMap(({ from }) => from ?? [])
    return plan(run, { kin: othersOf(run), bounds, position, newest, replayed: from }) ?? []
  })
}

function named({ id, workflow, endedAt }: EndedRun): Pick<RetentionPlan['going'][number], 'run' | 'workflow' | 'endedAt'> {
  return { run: id, workflow, endedAt }
}
