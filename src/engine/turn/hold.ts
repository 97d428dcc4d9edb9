import type { StepRecord } from '../../model/step.ts'
import { heldInVain, lackedBy } from '../planner/holds.ts'
import type { Turn } from './turn.ts'

/** The run comes to hold what the step wants held, from the moment before it starts; a checkpoint marks that. */
export function hold(turn: Turn, { step, iteration }: StepRecord): void {
  const held = lackedBy(turn.state, step)
  const names = Object.keys(held)
  if (names.length === 0) return
  const checkpoint = turn.savePoint({ step, iteration }, `before it holds ${names.join(' and ')}`)
  turn.emit({ type: 'resources_held', step, iteration, held, checkpoint })
}

/** What the run needs no more of what it holds is free for others once this is committed. */
export function letGo(turn: Turn): void {
  const names = [...heldInVain(turn.state)]
  if (names.length > 0) turn.emit({ type: 'resources_released', names, why: 'over' })
}
