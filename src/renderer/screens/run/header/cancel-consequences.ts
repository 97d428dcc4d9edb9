import type { RunDetail } from '../../../../model/views.ts'

/** What cancelling the run leads to, in sentences. */
export function cancelConsequences({
  manifest,
  steps,
  decisions,
}: Pick<RunDetail, 'manifest' | 'steps' | 'decisions'>): readonly string[] {
  const undoable = new Set(manifest.steps.filter(({ compensates }) => compensates).map(({ id }) => id))
  // Compensation goes backwards through what completed.
  const undone = steps
    .filter(({ step, status }) => status === 'completed' && undoable.has(step))
    .toSorted((one, other) => (other.order ?? 0) - (one.order ?? 0))
    .map(({ step, iteration }) => (iteration === 1 ? step : `${step} (iteration ${iteration})`))
  const running = [...new Set(steps.filter(({ status }) => status === 'running').map(({ step }) => step))]
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
    running.length === 0
      ? 'Nothing runs at the moment; nothing further starts.'
      : `What runs is cut off: ${running.join(', ')}.`,
    ...(children.length === 0 ? [] : [`${children.length === 1 ? 'A child run is' : 'Child runs are'} cancelled first, with what was done there undone: ${children.join(', ')}.`]),
    undone.length === 0
      ? 'Nothing that completed declares how to undo it.'
      : `Undone, in this order: ${undone.join(', ')}.`,
    ...(stays.length === 0 ? [] : [`Stays as it is in the outside world: ${stays.join(', ')}.`]),
    ...(open === 0 ? [] : [`${open === 1 ? 'Its open decision is' : `Its ${open} open decisions are`} withdrawn.`]),
    'Its history is kept.',
  ]
}
