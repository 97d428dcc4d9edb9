/** What was done about an error, as a person reads it. */
import type { Measure, StrategyName } from '../../../model/recovery-strategy.ts'

export const strategyWords: Readonly<Record<Measure, string>> = {
  retry: 'Tried again',
  longer_timeout: 'Given more time',
  wait_for_resource: 'Let it have what it lacked',
  fallback: 'Alternative path',
  skip: 'Left out',
  rollback: 'Undid what was done since a savepoint, and went on from there',
  ask: 'Asked a person',
  check: 'Asked the receiver',
  fail: 'Let it fail, and undid what completed',
}

/** The same for one that was not taken. */
export const strategyNames: Readonly<Record<StrategyName, string>> = {
  retry: 'try again',
  longer_timeout: 'more time',
  wait_for_resource: 'wait for what it lacks',
  fallback: 'alternative path',
  skip: 'leave it out',
  rollback: 'roll back',
  ask: 'ask a person',
  fail: 'let it fail',
}
