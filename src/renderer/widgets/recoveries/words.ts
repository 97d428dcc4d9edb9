/** What was done about an error, as a person reads it. */
import type { Measure, StrategyName } from '../../../model/recovery-strategy.ts'

export const strategyWords: Readonly<Record<Measure, string>> = {
  retry: 'Tried again',
  fallback: 'Alternative path',
  skip: 'Left out',
  ask: 'Asked a person',
  check: 'Asked the receiver',
  fail: 'Let it fail, and undid what completed',
}

/** The same for one that was not taken. */
export const strategyNames: Readonly<Record<StrategyName, string>> = {
  retry: 'try again',
  fallback: 'alternative path',
  skip: 'leave it out',
  ask: 'ask a person',
  fail: 'let it fail',
}
