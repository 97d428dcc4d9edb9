import type { StepId } from './ids.ts'
import type { RunRecord } from './run.ts'
import type { StepRecord } from './step.ts'

/**
 * A pass that has not begun, on the run's branch and under its generation. It may come to begin otherwise: what rows leave out
 * (`store/format/pass.ts`) stays as it is.
 */
export function freshPass(run: Pick<RunRecord, 'branch' | 'generation'>, step: StepId, iteration: number): StepRecord {
  return {
    branch: run.branch,
    step,
    iteration,
    generation: run.generation,
    status: 'pending',
    waiting: null,
    output: null,
    via: null,
    skipped: null,
    failure: null,
    attempts: 0,
    tries: 0,
    child: null,
    suspect: false,
    allowance: null,
    armed: null,
    compensation: 'none',
    compensationTries: 0,
    checkTries: 0,
    order: null,
    savepoint: null,
    follows: null,
    completedAfter: null,
    startedAt: null,
    endedAt: null,
  }
}
