import { contextKey, inputKey } from '../../model/checkpoint.ts'
import type { RunRecord } from '../../model/run.ts'
import { advanceAll } from './advance.ts'
import type { Turn } from './turn.ts'

/** The first turn of a run: it is created, checkpoint 0 holds its input and context, and its first steps start. */
export function begin(turn: Turn, run: RunRecord): void {
  turn.emit({ type: 'run_created', run })
  turn.change([
    { key: inputKey, address: run.input },
    { key: contextKey, address: run.context },
  ])
  turn.checkpoint('step_start', null)
  advanceAll(turn)
}
