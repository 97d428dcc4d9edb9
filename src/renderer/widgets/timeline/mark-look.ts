import { CheckpointType } from '../../../model/checkpoint.ts'
import type { Tone } from '../status/look.ts'

/** What stands in the track: checkpoints by their type, and those that are damaged. */
export const markTypes = [...CheckpointType.options, 'damaged'] as const
export type MarkType = (typeof markTypes)[number]

/** A type of checkpoint by shape, word and colour together; the shape is drawn in a square of 12, from wherever that begins. */
export interface MarkLook {
  readonly tone: Tone
  readonly word: string
  readonly path: string
  readonly filled: boolean
}

export const markLook: Readonly<Record<MarkType, MarkLook>> = {
  step_start: {
    tone: 'inactive',
    word: 'step started',
    path: 'm6 2.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0 -7z',
    filled: false,
  },
  step_complete: { tone: 'success', word: 'step complete', path: 'm6 1.2 4.8 4.8 -4.8 4.8 -4.8 -4.8z', filled: false },
  critical_point: { tone: 'mark', word: 'critical point', path: 'm6 0.8 5.2 5.2 -5.2 5.2 -5.2 -5.2z', filled: true },
  error_recovery: { tone: 'failure', word: 'error recovery', path: 'm6 1.5 5 9h-10z', filled: false },
  damaged: { tone: 'failure', word: 'damaged', path: 'm2.5 2.5 7 7m0 -7 -7 7', filled: false },
  manual: { tone: 'attention', word: 'manual', path: 'm2 2h8v8h-8z', filled: true },
}
