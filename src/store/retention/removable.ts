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
  /** The branch that it was on: sent back since, it may need what it did not. */
  readonly branch: number
  readonly ranges: readonly Range[]
  readonly values: readonly Address[]
}

/** What a plan rests on: what comes behind it may need what is to go. */
export interface Looked {
  /** The newest run, and the newest entry of the journal. */
  readonly upTo: number
  readonly position: Position
  /** The lineages of which it names values that go, by the numbers of their runs. */
  readonly lineages: ReadonlyMap<number, number>
}
