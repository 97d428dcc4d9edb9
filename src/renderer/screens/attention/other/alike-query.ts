import type { FailureGroup } from '../../../../model/attention.ts'

/** Finds the runs of a group in the list of runs: by workflow, status and, where there is one, the step. */
export function alikeQuery({ workflow, step }: Pick<FailureGroup, 'workflow' | 'step'>): string {
  return `status:failed workflow:${workflow}${step === null ? '' : ` step:${step}`}`
}
