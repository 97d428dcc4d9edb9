import type { RunId } from '../../model/ids.ts'
import type { RetentionRule } from '../../model/retention.ts'

/** A run that is to be removed. */
export interface Removable {
  readonly number: number
  /** The other runs of its lineage, as far as they were there when it was chosen. */
  readonly kin: readonly number[]
  /** What it was chosen as; null where it is removed already, and only the rest of it is to go. */
  readonly chosen: { readonly run: RunId; readonly version: number; readonly rule: RetentionRule } | null
}

/** What has begun since runs were chosen: the newest run that was looked at, and the replays up to it. */
export interface Since {
  readonly upTo: number
  readonly replays: readonly number[]
}
