import { z } from 'zod'
import { RunId, StepId } from './ids.ts'
import type { Phase, StepRecord } from './step.ts'

/** A pass of a step, and the run that it is of. */
export const RunPass = z.object({ run: RunId, step: StepId, iteration: z.int().min(1) })
export type RunPass = z.infer<typeof RunPass>

/** The same for every try of (run, step, iteration, generation), whatever went wrong in between (law 2). */
export function idempotencyKey(run: RunId, pass: Pick<StepRecord, 'step' | 'iteration' | 'generation'>, phase: Phase): string {
  const key = `${run}/${pass.step}/${pass.iteration}/${pass.generation}`
  return phase === 'compensate' ? `${key}/compensate` : key
}

const parts = /^([^/]+)\/([^/]+)\/([1-9]\d{0,8})\/(?:0|[1-9]\d{0,8})(?:\/compensate)?$/

/** The pass that a key names, or null where the text is no key. That it is one does not say that the pass exists. */
export function passOfKey(key: string): RunPass | null {
  const [, run, step, iteration] = parts.exec(key) ?? []
  return RunPass.safeParse({ run, step, iteration: Number(iteration) }).data ?? null
}
