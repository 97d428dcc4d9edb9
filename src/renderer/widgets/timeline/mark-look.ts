import type { CheckpointType } from '../../../model/checkpoint.ts'
import type { Tone } from '../status/look.ts'

/** A type of checkpoint by shape, word and colour together; the shape is drawn in a square of 12. */
export interface MarkLook {
  readonly tone: Tone
  readonly word: string
  readonly path: string
  readonly filled: boolean
}

export const markLook: Readonly<Record<CheckpointType, MarkLook>> = {
  step_start: {
    tone: 'inactive',
    word: 'step started',
    path: 'M6 2.5A3.5 3.5 0 1 1 6 9.5A3.5 3.5 0 1 1 6 2.5Z',
    filled: false,
  },
  step_complete: { tone: 'success', word: 'step complete', path: 'M6 1.2 10.8 6 6 10.8 1.2 6Z', filled: false },
  critical_point: { tone: 'mark', word: 'critical point', path: 'M6 0.8 11.2 6 6 11.2 0.8 6Z', filled: true },
  error_recovery: { tone: 'failure', word: 'error recovery', path: 'M6 1.5 11 10.5H1Z', filled: false },
  manual: { tone: 'attention', word: 'manual', path: 'M2 2H10V10H2Z', filled: true },
}
