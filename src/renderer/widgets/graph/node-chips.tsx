import { CornerDownRight, Repeat2, RotateCcw, Undo2 } from 'lucide-react'
import type { StepOverlay } from './overlay.ts'
import { attemptWords, compensationWord } from './words.ts'

/** Made once: the numbers beside them are others at every moment of a loop. */
const icons = {
  via: <CornerDownRight size={10} aria-hidden />,
  undone: <Undo2 size={10} aria-hidden />,
  triedAgain: <RotateCcw size={10} aria-hidden />,
  wentRound: <Repeat2 size={10} aria-hidden />,
}

/** What is out of the ordinary about how a step went, on its upper edge. */
export function NodeChips({ shown }: { readonly shown: StepOverlay }) {
  const { iteration, attempt, waitsFor, via, compensation } = shown
  const isTriedAgain = attempt > 1 || waitsFor === 'backoff'
  if (iteration === 1 && !isTriedAgain && via === null && compensation === 'none') return null
  return (
    <div className="chips">
      {via !== null && (
        <span className="chip" data-tone="mark">
          {icons.via}
          <span className="clipped">via {via}</span>
        </span>
      )}
      {compensation !== 'none' && (
        <span className="chip" data-tone={compensation === 'given_up' ? 'failure' : 'attention'}>
          {icons.undone}
          {compensationWord[compensation]}
        </span>
      )}
      {isTriedAgain && (
        <span className="chip" data-tone="inactive">
          {icons.triedAgain}
          {attemptWords(shown)}
        </span>
      )}
      {iteration > 1 && (
        <span className="chip" data-tone="attention">
          {icons.wentRound}
          iteration {iteration}
        </span>
      )}
    </div>
  )
}
