/** What was done about an error, as a person reads it. */
import type { Measure, RunStrategy, StrategyName } from '../../../model/recovery-strategy.ts'

export const strategyWords: Readonly<Record<Measure, string>> = {
  retry: 'Tried again',
  longer_timeout: 'Given more time',
  wait_for_resource: 'Let it have what it lacked',
  fallback: 'Alternative path',
  skip: 'Left out',
  rollback: 'Undid what was done since a savepoint, and went on from there',
  give_way: 'Gave way: let go of what others waited for, and went back to before it held that',
  ask: 'Asked a person',
  dead_letter: 'Queued for later',
  check: 'Asked the receiver',
  end_child: 'Cancelled its child run',
  fail: 'Let it fail, and undid what completed',
  restart_from_checkpoint: 'Went back to make its inputs anew',
  restore_valid: 'Went back to where it is whole',
  restart: 'Began the run anew',
  restore: 'Sent the run back to a checkpoint',
  cancel: 'Ended the run',
}

/** The same for one that was not taken. */
export const strategyNames: Readonly<Record<StrategyName, string>> = {
  retry: 'try again',
  longer_timeout: 'more time',
  wait_for_resource: 'wait for what it lacks',
  fallback: 'alternative path',
  skip: 'leave it out',
  rollback: 'roll back',
  give_way: 'give way to others',
  ask: 'ask a person',
  dead_letter: 'queue for later',
  fail: 'let it fail',
  restart_from_checkpoint: 'restart from a checkpoint',
  restore_valid: 'restore the last valid checkpoint',
  restart: 'begin the run anew',
}

/** What is done to a run that has failed, on a button. */
export const strategyTitles: Readonly<Record<RunStrategy, string>> = {
  retry: 'Run again what failed',
  restart_from_checkpoint: 'Run again with new inputs',
  restore_valid: 'Restore the last valid checkpoint',
  restart: 'Begin the run anew',
}
