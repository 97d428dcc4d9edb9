import type { StepId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import { usualPass } from './pass.ts'
import { unusual } from './usual.ts'

/**
 * The first pass of a step on a branch, before anything has come of it. What a definition says needs no row. It is what rows
 * that are left out stand for, so that it never changes: a pass that the engine makes otherwise some day has a row.
 */
export function unbegun(branch: number, step: StepId): StepRecord {
  return { ...usualPass, branch, step, iteration: 1, generation: branch, status: 'pending' }
}

export function isUnbegun(pass: StepRecord): boolean {
  return pass.status === 'pending' && Object.keys(unusual(pass, unbegun(pass.branch, pass.step))).length === 0
}
