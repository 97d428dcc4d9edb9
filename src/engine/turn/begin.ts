import { contextKey, inputKey, outputKey } from '../../model/checkpoint.ts'
import type { RunRecord } from '../../model/run.ts'
import type { StepRecord } from '../../model/step.ts'
import { advanceAll } from './advance.ts'
import { takePlace } from './take-place.ts'
import type { Turn } from './turn.ts'

/**
 * The first turn of a run: it is created, checkpoint 0 holds its input and context, and its first steps start, unless it is queued. A replay
 * begins with the passes that it takes over, which its checkpoint 0 holds too.
 */
export function begin(turn: Turn, run: RunRecord, passes: readonly StepRecord[] = [], note: string | null = null): void {
  turn.emit({ type: 'run_created', run, passes: [...passes] })
  turn.change([
    { key: inputKey, address: run.input },
    { key: contextKey, address: run.context },
  ])
  for (const { step, iteration, output } of passes) {
    if (output !== null) turn.change([{ key: outputKey(step, iteration), address: output }])
    turn.noteFact(step)
  }
  turn.checkpoint('step_start', null, note)
  takePlace(turn)
  advanceAll(turn)
}
