import { freshPass } from '../../model/fresh-pass.ts'
import type { StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import { unusual } from './usual.ts'

/** The first pass of a step on a branch, before anything has come of it. What a definition says needs no row. */
export function unbegun(branch: number, step: StepId): StepRecord {
  return freshPass({ branch, generation: branch }, step, 1)
}

export function isUnbegun(pass: StepRecord): boolean {
  return pass.status === 'pending' && Object.keys(unusual(pass, unbegun(pass.branch, pass.step))).length === 0
}
