/**
 * What a checkpoint comes to under another revision of its workflow.
 *
 * Invariants:
 * 1. A step is the same in both where it has the same id and kind, and the same place where it stands in for another.
 *    What had come of any other is dropped, and a step that is not the same is new.
 * 2. What is the same keeps what had come of it: a completed step stays so, whatever now stands before it.
 * 3. A pass owes a compensation where the step, as it is now, has one and the run itself has done it.
 * 4. What was left out, or went on, because of a step that is not the same does not say so any more.
 * 5. A savepoint that was passed under the other revision is none any more: rolled back there, the run would go on with that again.
 */
import { type StateChange, partsOfKey } from '../../model/checkpoint.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { Migration } from '../../model/preview.ts'
import type { Pinned, RunRecord } from '../../model/run.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Moment } from '../ports.ts'
import type { Graphs } from '../state/run-state.ts'
import type { Graph } from './graph.ts'
import { type Restoration, restoration } from './restoration.ts'

/** What a run goes on with where it is sent back. */
export interface Destination {
  readonly moment: Moment
  readonly pinned: Pinned
  /** Set where that is another revision than the one which the checkpoint's branch pins. */
  readonly migrating: Migrating | null
}

export interface Migrating {
  /** Versions that a migration has led away from, in order. */
  readonly versions: readonly number[]
  readonly changed: readonly ChangedValue[]
}

/** A value as migrations and schemas have made it. */
export interface ChangedValue {
  readonly key: string
  readonly value: Json
  readonly sensitive: boolean
}

/** Versions on the way from one to a manifest's, and those of them that no migration leads away from. */
export function wayTo({ version, migrations }: Manifest, from: number): { versions: number[]; missing: number[] } {
  const versions = Array.from({ length: Math.max(0, version - from) }, (_, index) => from + index)
  return { versions, missing: versions.filter((each) => !migrations.includes(each)) }
}

/** Steps that are the same in both. */
export function sameSteps(from: Graph, to: Graph): ReadonlySet<StepId> {
  const isSame = (step: StepId): boolean => {
    const primary = to.primaryOf.get(step)
    if (from.steps.get(step)?.kind !== to.steps.get(step)?.kind || from.primaryOf.get(step) !== primary) return false
    return primary === undefined || isSame(primary)
  }
  return new Set(to.order.filter(isSame))
}

/** What a run is where it arrives. */
export interface Arrival extends Restoration {
  readonly state: ReadonlyMap<string, StateChange>
  /** What the migration comes to, as whoever sends the run back is told; null where there is none. */
  readonly migration: Migration | null
}

/**
 * `addresses` are those of the changed values, by their keys; `rows` are all passes of the run, of every branch.
 * @throws CorruptionFound where the checkpoint names a pass that the run has no row of
 */
export function arrival(
  graphs: Graphs,
  { moment, pinned, migrating }: Destination,
  addresses: ReadonlyMap<string, Address>,
  rows: readonly StepRecord[],
  onto: Pick<RunRecord, 'branch' | 'generation'>,
): Arrival {
  const to = graphs(pinned.revision)
  if (migrating === null) return { ...restoration(to, moment, rows, onto), state: moment.state, migration: null }
  const from = graphs(moment.pinned.revision)
  const same = sameSteps(from, to)
  const state = stateUnder(to, same, moment.state, addresses)
  const there = restoration(to, { ...moment, state }, rows, onto)
  const passes = there.passes.map((pass) => ({ ...owingUnder(to, pass), follows: followsUnder(same, pass), savepoint: null }))
  const owed = new Set(passes.filter(owes).map(passName))
  const lost = restoration(from, moment, rows, onto).passes.filter((pass) => owes(pass) && !owed.has(passName(pass)))
  const migration = {
    from: from.manifest.version,
    versions: [...migrating.versions],
    dropped: from.order.filter((step) => !same.has(step)),
    added: to.order.filter((step) => !same.has(step)),
    notTakenBack: [...new Set(lost.map(({ step }) => step))],
    changed: migrating.changed.map(({ key }) => key),
  }
  return { ...there, passes, state, migration }
}

/** What leads from one state to the other. */
export function changesBetween(before: Moment['state'], after: Moment['state']): StateChange[] {
  const gone = [...before.keys()].filter((key) => !after.has(key)).map((key) => ({ key, gone: true as const }))
  return [...gone, ...[...after].flatMap(([key, held]) => (before.get(key) === held ? [] : [held]))]
}

function stateUnder(
  to: Graph,
  same: ReadonlySet<StepId>,
  state: Moment['state'],
  addresses: ReadonlyMap<string, Address>,
): ReadonlyMap<string, StateChange> {
  const under = new Map<string, StateChange>()
  for (const [key, held] of state) {
    const { step } = partsOfKey(key)
    if (step !== null && !same.has(step)) continue
    const address = addresses.get(key)
    if (address !== undefined) under.set(key, { key, address })
    else under.set(key, 'fact' in held && !mayLoop(to, step) ? withoutLoops(held) : held)
  }
  return under
}

function mayLoop({ steps }: Graph, step: StepId | null): boolean {
  return step !== null && steps.get(step)?.loop !== null
}

function withoutLoops(held: Extract<StateChange, { fact: unknown }>): StateChange {
  const { loops, ...fact } = held.fact
  return loops === undefined ? held : { ...held, fact }
}

/** A pass with what it owes under the step as it is now. What was taken over of another run has no order, and owes nothing. */
function owingUnder({ steps }: Graph, pass: StepRecord): StepRecord {
  const { status, via, order, compensation } = pass
  if (status !== 'completed' || via !== null || order === null || compensation === 'done') return pass
  return { ...pass, compensation: steps.get(pass.step)?.compensates === true ? 'owed' : 'none' }
}

function followsUnder(same: ReadonlySet<StepId>, { follows }: StepRecord): StepRecord['follows'] {
  if (follows === null || !same.has(follows.from)) return null
  return follows.by === null || same.has(follows.by) ? follows : null
}

function owes({ compensation }: StepRecord): boolean {
  return compensation === 'owed'
}

function passName({ step, iteration }: StepRecord): string {
  return `${step}/${iteration}`
}
