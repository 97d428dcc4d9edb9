import type { DecisionRecord } from '../../../../model/decision.ts'
import { idempotencyKey } from '../../../../model/idempotency-key.ts'
import type { Instant } from '../../../../model/ids.ts'
import type { StepKind } from '../../../../model/manifest.ts'
import type { DecisionView, RunDetail } from '../../../../model/views.ts'

interface Doubted {
  readonly key: string
  readonly kind: StepKind | undefined
  readonly title: string
  readonly attempt: { readonly number: number; readonly startedAt: Instant | null }
}

type Pass = Pick<DecisionRecord, 'branch' | 'step' | 'iteration'>

/** Whether something is of the pass that a decision is about. */
export function isOfDecision(one: Pass, decision: Pass): boolean {
  return one.branch === decision.branch && one.step === decision.step && one.iteration === decision.iteration
}

/** The try whose effect is in doubt. */
export function doubted({ run, decision }: DecisionView, { manifest, steps, attempts }: RunDetail): Doubted {
  const isOf = (each: Pass): boolean => isOfDecision(each, decision)
  const step = manifest.steps.find(({ id }) => id === decision.step)
  const attempt = attempts.findLast((each) => isOf(each) && each.status === 'in_doubt')
  const generation = steps.find(isOf)?.generation ?? 0
  const pass = { step: decision.step, iteration: decision.iteration, generation }
  return {
    key: idempotencyKey(run, pass, attempt?.phase ?? 'run'),
    kind: step?.kind,
    title: step?.title ?? decision.step,
    attempt: { number: attempt?.attempt ?? 1, startedAt: attempt?.startedAt ?? null },
  }
}
