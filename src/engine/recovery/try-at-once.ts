import type { StepRecord } from '../../model/step.ts'
import { advance } from '../turn/advance.ts'
import type { Turn } from '../turn/turn.ts'
import type { Plan, Strategy } from './strategy.ts'

/** The next attempt begins at once, with what the plan lets it take. */
export const tryAtOnce: Strategy['carryOut'] = (turn, record, _failure, plan) => {
  const { step, iteration } = record
  allow(turn, record, plan)
  turn.emit({ type: 'step_ready', step, iteration })
  advance(turn, [step])
}

/** Attempts of the pass may take from now on what the plan says. */
function allow(turn: Turn, { step, iteration }: StepRecord, { allowance }: Plan): void {
  if (allowance !== undefined) turn.emit({ type: 'allowance_raised', step, iteration, allowance })
}
