import type { StepId } from '../../../../model/ids.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { insideEffects } from './inside-effects.ts'

/** What cancelling the run leads to, in sentences. `grace` is what the workspace gives to what is inside an effect, as it is written. */
export function cancelConsequences(
  detail: Pick<RunDetail, 'record' | 'manifest' | 'steps' | 'attempts' | 'decisions'>,
  grace: string,
): readonly string[] {
  const { record, manifest, steps, decisions } = detail
  const inside = insideEffects(detail)
  if (record.closing !== null && record.closing.outcome !== 'rolled_back') {
    const underWay = steps.filter(({ step }) => detail.attempts.some((attempt) => attempt.step === step && attempt.status === 'running'))
    return [...graceGiven(underWay.map(({ step }) => step), grace), `The run ends as ${record.closing.outcome} all the same.`, 'Its history is kept.']
  }
  const undoable = new Set(manifest.steps.filter(({ compensates }) => compensates).map(({ id }) => id))
  // Compensation goes backwards through what completed.
  const undone = steps
    .filter(({ step, status }) => status === 'completed' && undoable.has(step))
    .toSorted((one, other) => (other.order ?? 0) - (one.order ?? 0))
    .map(({ step, iteration }) => (iteration === 1 ? step : `${step} (iteration ${iteration})`))
  const running = [...new Set(steps.filter(({ status }) => status === 'running').map(({ step }) => step))]
  const cutOff = running.filter((step) => !inside.includes(step))
  const children = steps.filter(({ status, waiting }) => status === 'waiting' && waiting?.for === 'child').map(({ step }) => step)
  const open = decisions.filter(({ status }) => status === 'pending').length
  const outside = new Set(
    manifest.steps.filter(({ effect, kind }) => effect !== null || kind === 'email').map(({ id }) => id),
  )
  const stays = [
    ...new Set(
      steps
        .filter(({ step, status }) => status === 'completed' && outside.has(step) && !undoable.has(step))
        .map(({ step }) => step),
    ),
  ]
  return [
    ...(running.length === 0 ? ['Nothing runs at the moment; nothing further starts.'] : []),
    ...(cutOff.length === 0 ? [] : [`What runs is cut off: ${cutOff.join(', ')}.`]),
    ...graceGiven(inside, grace),
    ...(children.length === 0 ? [] : [`${children.length === 1 ? 'A child run is' : 'Child runs are'} cancelled first, with what was done there undone: ${children.join(', ')}.`]),
    undone.length === 0
      ? 'Nothing that completed declares how to undo it.'
      : `Undone, in this order: ${undone.join(', ')}.`,
    ...(stays.length === 0 ? [] : [`Stays as it is in the outside world: ${stays.join(', ')}.`]),
    ...(open === 0 ? [] : [`${open === 1 ? 'Its open decision is' : `Its ${open} open decisions are`} withdrawn.`]),
    'Its history is kept.',
  ]
}

function graceGiven(steps: readonly StepId[], grace: string): readonly string[] {
  if (steps.length === 0) return []
  const [is, has, it] = steps.length === 1 ? (['is', 'has', 'it is'] as const) : (['are', 'have', 'they are'] as const)
  return [
    `${steps.join(', ')} ${is} inside an effect, and ${has} ${grace} to end. Then ${it} cut off, and a person is asked whether it happened.`,
  ]
}
