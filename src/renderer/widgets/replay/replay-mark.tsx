import type { RunRecord } from '../../../model/run.ts'
import { originInWords } from './origin-words.ts'
import { replayIcon as Icon } from './replay-icon.ts'
import './replay-mark.css'

/** What tells a replay, and a run that was begun by one, from any other. */
export type Marked = Pick<RunRecord, 'origin' | 'disarmed'>

/** Marks a run as a replay; nothing where it is none, nor a child of one. What it was made from is under the pointer. */
export function ReplayMark({ of }: { readonly of: Marked | undefined }) {
  if (of === undefined || !isMarked(of)) return null
  return (
    <span className="replay-mark" title={of.origin === null ? 'A child of a replay: it does nothing outside that nobody has armed' : originInWords(of.origin)}>
      <Icon size={11} aria-hidden />
      {of.origin === null ? 'of a replay' : 'replay'}
    </span>
  )
}

/** Whether it is a replay, or a child of one. */
export function isMarked({ origin, disarmed }: Marked): boolean {
  return origin !== null || disarmed
}
