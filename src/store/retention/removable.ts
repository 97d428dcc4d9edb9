import type { Address, RunId, WorkflowName } from '../../model/ids.ts'
import type { Position } from '../../model/entry.ts'
import type { RetentionRule } from '../../model/retention.ts'
import type { Range } from './trims.ts'

/** Values of a lineage: those of these addresses, or all that there are, where no run of it is left. */
export type Values = readonly Address[] | 'all'

/** A run that is to be removed. */
export interface Removable {
  readonly number: number
  readonly lineage: number
  /** All runs of its lineage, as far as they were there when it was chosen. */
  readonly kin: readonly number[]
  /** What it was chosen as; null where it is removed already, and only the rest of it is to go. */
  readonly chosen: { readonly run: RunId; readonly version: number; readonly rule: RetentionRule } | null
  /** What goes with it once those are gone that go before it: no run that is there then names these. */
  readonly values: Values
}

/** A run that stays, and what of it is to go: checkpoints, and then the values that nothing names but those. */
export interface Trimmable {
  readonly number: number
  readonly run: RunId
  readonly workflow: WorkflowName
  readonly lineage: number
  /** The other runs of its lineage, as far as they were there when it was chosen. */
  readonly kin: readonly number[]
  /** The branch that it was on: sent back since, it may need what it did not. */
  readonly branch: number
  readonly ranges: readonly Range[]
  readonly values: readonly Address[]
  /** What was looked at for that: entries of the lineage up to this one, and runs up to this number. */
  readonly position: Position
  readonly newest: number
}

/** What has come about since runs were chosen, as far as it was looked at. */
export interface Since {
  /** The newest run that was looked at, and the replays up to it. */
  readonly upTo: number
  readonly replays: readonly Replay[]
  /** The newest entry of when they were chosen, and what lineages have come to name behind it, by their numbers. */
  readonly position: Position
  readonly named: ReadonlyMap<number, Named>
  /** Lineages of which it is not known what nobody names: what was to go of their values is the next plan's. */
  readonly unsure: ReadonlySet<number>
}

export interface Replay {
  readonly number: number
  readonly lineage: number
  readonly of: RunId
}

/** Addresses, and the entry up to which was looked for them. */
export interface Named {
  readonly addresses: ReadonlySet<string>
  readonly position: Position
}
