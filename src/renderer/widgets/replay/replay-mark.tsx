import type { Origin } from '../../../model/run.ts'
import { originInWords } from './origin-words.ts'
import { replayIcon as Icon } from './replay-icon.ts'
import './replay-mark.css'

/** Marks a run as a replay; nothing where it is none. What it was made from is under the pointer. */
export function ReplayMark({ origin }: { readonly origin: Origin | null | undefined }) {
  if (origin === null || origin === undefined) return null
  return (
    <span className="replay-mark" title={originInWords(origin)}>
      <Icon size={11} aria-hidden />
      replay
    </span>
  )
}
