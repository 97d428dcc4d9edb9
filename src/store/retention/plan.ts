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
import type { Instant, RunId } from '../../model/ids.ts'
import {
  added,
  type Amount,
  boundsOf,
  isBounded,
  noAmount,
  noneTrimmed,
  type RetentionPlan,
  type RetentionPolicy,
  type StayReason,
  withTrimmed,
} from '../../model/retention.ts'
import { ifWhole } from '../read/if-whole.ts'
import { journalReader } from '../read/journal.ts'
import { fileBytes, freeBytes, givesBack } from '../sqlite/free-pages.ts'
import { choose, type Chosen, type EndedRun, type Staying, type SurveyedRun } from './choose.ts'
import { type Going, runMeter } from './measure.ts'
import { mayTrim, type Trim, trimPlanner } from './plan-trims.ts'
import type { Looked, Removable, Trimmable } from './removable.ts'
import { type SharedValues, sharedValues } from './shared-values.ts'
import { type OfLineage, survey } from './survey.ts'

/** Runs that are named of those that go, and of those that stay. */
const mostNamed = 200

export interface Planned {
  readonly plan: RetentionPlan
  /** In the order in which they are removed. */
  readonly runs: readonly Removable[]
  readonly looked: Looked
  /** Lineages of which it is not known what nobody names: what was to go of their values is the next plan's. */
  readonly unsure: ReadonlySet<number>
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
  const meter = runMeter(db)
  const shared = sharedValues(db, kinOf, goOn)
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
  const goingOf = (run: OfLineage, isThere: boolean): Going | undefined => {
    const values = shared.of(run.lineage)
    return values.isKnownBeside(run.number) ? ifWhole(() => meter.going(run, values, isThere)) : undefined
  }
  for (const { number, lineage } of unfinished) {
    goOn()
    const going = goingOf({ number, lineage }, false)
    if (going === undefined) unsure.add(lineage)
    removals.push({ number, lineage, chosen: null, values: going?.values ?? [] })
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
      removals.push({ number, lineage, chosen: { run: id, version, rule }, values: going.values })
    }
  }
  const trims = trimmed(db, { policy, damaged, goOn, runs, shared, gone })
  return {
    plan: {
      at: now,
      isBounded: isBounded(policy),
      total: [...measured, ...trims].reduce((sum, { amount }) => added(sum, amount), noAmount),
      trimmed: trims.reduce((sum, { amount }) => withTrimmed(sum, amount), noneTrimmed),
      parts: partsOf([...measured.map(({ chosen: { run, rule }, amount }) => ({ workflow: run.workflow, rule, amount })), ...trims.flatMap(partsOfTrim)]),
      going: measured.slice(0, mostNamed).map(({ chosen: { run, rule }, amount }) => ({ ...named(run), rule, bytes: amount.bytes })),
      trims: trims.slice(0, mostNamed).flatMap(partsOfTrim).map(({ run, workflow, rule, amount: { checkpoints, bytes } }) => ({ run, workflow, rule, checkpoints, bytes })),
      staying: staying.slice(0, mostNamed).map(({ run, why }) => ({ ...named(run), why, kept: why === 'kept' ? run.kept : null })),
      stays: staying.length,
      free: freeBytes(db),
      file: fileBytes(db),
      givesBack: givesBack(db),
    },
    runs: removals,
    looked: { upTo, position, lineages: lineagesOf([...removals.filter(({ values }) => values !== 'all'), ...trims], kinOf) },
    unsure,
    trims,
  }
}

/** The lineages of these, by the numbers of all runs of them that are there. */
function lineagesOf(going: readonly OfLineage[], kinOf: (lineage: number) => readonly number[]): Map<number, number> {
  const lineages = new Set(going.map(({ lineage }) => lineage))
  return new Map([...lineages].flatMap((lineage) => kinOf(lineage).map((run) => [run, lineage] as const)))
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
  readonly damaged: readonly RunId[]
  readonly goOn: () => void
  readonly runs: readonly SurveyedRun[]
  readonly shared: ReturnType<typeof sharedValues>
  readonly gone: ReadonlySet<number>
}

/** What goes of runs that stay; nothing of one that a person keeps or of which damage was found. */
function trimmed(db: Database.Database, { policy, damaged, goOn, runs, shared, gone }: Trimmed): Trim[] {
  const plan = trimPlanner(db)
  const known = new Set(damaged)
  const replayed = Map.groupBy(runs.filter(({ endedAt, from }) => endedAt === null && from !== null), ({ origin }) => origin)
  return runs.flatMap((run) => {
    goOn()
    const bounds = boundsOf(policy, run.workflow)
    if (gone.has(run.number) || run.kept !== null || known.has(run.id) || !mayTrim(run, bounds)) return []
    const from = (replayed.get(run.id) ?? []).flatMap(({ from }) => from ?? [])
    const sharedOf = (): SharedValues => shared.of(run.lineage)
    const trim = plan(run, { sharedOf, bounds, replayed: from })
    if (trim !== undefined && sharedOf().isAlone(run.number)) shared.forget(run.lineage)
    return trim ?? []
  })
}

function named({ id, workflow, endedAt }: EndedRun): Pick<RetentionPlan['going'][number], 'run' | 'workflow' | 'endedAt'> {
  return { run: id, workflow, endedAt }
}
