import type { Instant } from '../../../model/ids.ts'
import type { DamagedMark, Mark } from './marks.ts'
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
  readonly damaged: readonly DamagedMark[]
  readonly from: Instant
  /** Null while it goes on. */
  readonly until: Instant | null
  readonly chosen: {
    readonly row?: string | undefined
    readonly segment?: string | undefined
    readonly mark?: number | undefined
    /** A mark that the chosen one is compared with. */
    readonly against?: number | undefined
  }
  /** What comes after the last mark, in a word. */
  readonly present: string
  readonly onRow: (row: string, segment?: string) => void
  /** Undefined is the present. */
  readonly onMark: (mark: number | undefined) => void
  /** A hand comes to the marks, or leaves them. */
  readonly onNear: (isNear: boolean) => void
  /** While the playhead is dragged: over which mark it is. Where it is let go `onMark` tells. */
  readonly onScrub: (mark: number | undefined) => void
  /** Moves by so many rows or marks. */
  readonly onMove: (by: { readonly rows?: number; readonly marks?: number }) => void
}
