import type { Address, RunId, WorkflowName } from '../../model/ids.ts'
import type { Position } from '../../model/entry.ts'
import type { RetentionRule } from '../../model/retention.ts'
import type { Range } from './trims.ts'

/** A run that is to be removed. */
export interface Removable {
  readonly number: number
  /** The other runs of its lineage, as far as they were there when it was chosen. */
  readonly kin: readonly number[]
  /** What it was chosen as; null where it is removed already, and only the rest of it is to go. */
  readonly chosen: { readonly run: RunId; readonly version: number; readonly rule: RetentionRule } | null
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

/** What has begun since runs were chosen: the newest run that was looked at, and the replays up to it. */
export interface Since {
  readonly upTo: number
  readonly replays: readonly number[]
}
