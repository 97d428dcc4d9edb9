import type { Instant } from '../../../model/ids.ts'
import type { Mark } from './marks.ts'
import type { Segment } from './segments.ts'

export interface TimelineRow {
  readonly id: string
  readonly title: string
  /** In the order in which they began. */
  readonly segments: readonly Segment[]
}

export interface TimelineProps {
  readonly rows: readonly TimelineRow[]
  readonly marks: readonly Mark[]
  readonly from: Instant
  /** Null while it goes on. */
  readonly until: Instant | null
  readonly chosen: {
    readonly row?: string | undefined
    readonly segment?: string | undefined
    readonly mark?: number | undefined
  }
  readonly onRow: (row: string, segment?: string) => void
  readonly onMark: (mark: number | undefined) => void
  /** Moves by so many rows or marks. */
  readonly onMove: (by: { readonly rows?: number; readonly marks?: number }) => void
}
