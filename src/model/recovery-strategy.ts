import { z } from 'zod'

/**
 * What the engine does about an error, by name. `retry`: the step is tried again after its backoff. `fallback`: the step that
 * stands in for it has its turn. `longer_timeout`: it is tried again with more time. `wait_for_resource`: it is tried again with more
 * memory or processor time, or once what it lacks may be there again. `skip`: an optional step is left out. `rollback`: what completed since a savepoint is
 * compensated, and the run goes on from there. `give_way`: a run that others wait for in a deadlock lets go of what it
 * holds, goes back to before it held that, and waits again. `ask`: a person decides. `dead_letter`: the run is queued for later, as it stands. `fail`: the run ends, and what completed is compensated.
 * `restart_from_checkpoint`: the run goes back so far that what the step goes by is made anew. `restart`: it begins anew.
 * `restore_valid`: a run of which something is damaged goes back to where it is whole.
 */
export const StrategyName = z.enum([
  'retry',
  'longer_timeout',
  'wait_for_resource',
  'fallback',
  'skip',
  'rollback',
  'give_way',
  'ask',
  'dead_letter',
  'fail',
  'restart_from_checkpoint',
  'restore_valid',
  'restart',
])
export type StrategyName = z.infer<typeof StrategyName>

/**
 * Everything that may be done about an error: what policy chooses among, `check`, by which a step in doubt asks its receiver, `end_child`,
 * by which a child run that took too long is cancelled before anything else is done, and what only a person does: `restore` sends the run back to a checkpoint, `cancel` ends it.
 */
export const Measure = z.enum([...StrategyName.options, 'check', 'end_child', 'restore', 'cancel'])
export type Measure = z.infer<typeof Measure>

/** True of what does nothing by itself: the error waits until a person says what is done. */
export function waitsForPerson(measure: Measure): boolean {
  return measure === 'ask' || measure === 'dead_letter'
}

/** What may be done about a run that has failed: each of them sends it back to a checkpoint. */
export const RunStrategy = StrategyName.extract(['restore_valid', 'retry', 'restart_from_checkpoint', 'restart'])
export type RunStrategy = z.infer<typeof RunStrategy>
