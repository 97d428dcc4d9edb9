/** What a step is set to, in the words of whoever runs it. */
import { times } from '../../../model/counted.ts'
import { defaultRetry, type LoopManifest, type RetryPolicy, type StepManifest } from '../../../model/manifest.ts'
import type { Exits } from '../../../model/program.ts'
import { lengthOfTime } from '../../widgets/time/format.ts'

export interface Setting {
  readonly name: string
  readonly says: string
}

export function settingsOf(step: StepManifest): readonly Setting[] {
  const said: readonly (readonly [string, string | undefined])[] = [
    ['Needs', step.needs.length === 0 ? 'Nothing: it starts with the run' : step.needs.join(', ')],
    ['Joins', step.join === 'settled' ? 'Runs also where a need was skipped' : undefined],
    ['Condition', step.conditional ? 'A function of the definition says whether it runs' : undefined],
    ['Optional', step.optional ? 'The run goes on where it fails' : undefined],
    ['Critical', step.critical ? 'Its completion is a critical point: a checkpoint to go back to' : undefined],
    ...ofKind(step),
    ['Timeout', step.timeout === null ? undefined : `An attempt ends after ${lengthOfTime(step.timeout)}`],
    ['Heartbeat', step.heartbeat === null ? undefined : `An attempt that has none for ${lengthOfTime(step.heartbeat)} ends as timed out`],
    ['Retry', step.kind === 'approval' || step.kind === 'wait' ? undefined : retryInWords(step.retry ?? defaultRetry)],
    ['Effect', step.effect === null ? undefined : effects[step.effect.repeat]],
    ['Fallback', step.fallback === null ? undefined : `Where it fails, ${step.fallback} answers in its place`],
    ['Only as fallback', step.onlyAsFallback ? 'Runs only where another step falls back on it' : undefined],
    ['Savepoint', step.savepoint === undefined ? undefined : `${step.savepoint}: a run can be rolled back to the moment before it starts`],
    ['Rolls back', step.rollback === undefined ? undefined : `Where it fails for good, to ${step.rollback.to}, ${times(step.rollback.max)} at most`],
    ['On failure', step.onFailure === 'ask' ? 'A person is asked when everything else was tried' : undefined],
    ['Loop', step.loop === null ? undefined : loopInWords(step.loop)],
    ['Compensation', step.compensates ? 'What it did is undone where the run fails or is cancelled' : undefined],
    ['Uses', usesInWords(step.uses)],
    ['Holds', holdsInWords(step.holds)],
    ['Isolation', step.isolated ? 'Runs in a process to itself' : undefined],
    ['Sensitive', step.sensitive ? 'Its output is kept under a key of its own and hidden in exports' : undefined],
  ]
  return said.flatMap(([name, says]) => (says === undefined ? [] : [{ name, says }]))
}

const effects = {
  safe: 'Touches the outside world. Safe to repeat: the receiver knows a repeated request by its key, so an attempt that was cut off runs again by itself',
  unsafe: 'Touches the outside world. Unsafe to repeat: an attempt that was cut off may have happened, so the run waits for a person to say whether it did',
} as const

function ofKind(step: StepManifest): readonly (readonly [string, string | undefined])[] {
  if (step.kind === 'wait') return [['Waits', step.duration === null ? 'As long as the definition says at the time' : lengthOfTime(step.duration)]]
  if (step.kind === 'shell') return [['Exit codes', exitsInWords(step.exits)]]
  if (step.kind !== 'approval') return []
  const atDeadline = step.onDeadline === 'fail' ? 'the step fails' : 'the step is skipped'
  return [
    ['Answers', step.actions.map(({ name, role }) => (role === 'primary' ? `${name} (first)` : name)).join(', ')],
    ['Deadline', step.deadline === null ? 'None: it waits for as long as it takes' : `After ${lengthOfTime(step.deadline)} ${atDeadline}; it is never approved by itself`],
    ['May edit', step.edits === null ? undefined : [step.edits.step, ...step.edits.path].join('.')],
  ]
}

function exitsInWords(exits: Exits): string {
  const named = Object.entries(exits).map(([code, meaning]) => (meaning === 'completed' ? `${code} completes the step` : `${code} fails it as ${meaning}`))
  return [...named, ...(exits[0] === undefined ? ['0 completes the step'] : []), 'any other fails it for good'].join(', ')
}

export function retryInWords({ attempts, initial, factor, max, jitter }: RetryPolicy): string {
  if (attempts === 1) return 'Tried once'
  const growth = factor === 1 ? '' : `, each wait ${factor} times the one before, ${lengthOfTime(max)} at most`
  const spread = jitter === 0 ? '' : `, up to ${Math.round(jitter * 100)}% shorter by chance`
  return `Tried ${attempts} times in all, first again after ${lengthOfTime(initial)}${growth}${spread}`
}

export function loopInWords({ to, max, onLimit }: LoopManifest): string {
  const then = onLimit === 'continue' ? 'goes on' : 'fails'
  return `May send the run back to ${to.join(' or ')}, ${times(max)} at most; then it ${then}`
}

/** What the run holds from the first of these steps to the last. */
function holdsInWords(holds: StepManifest['holds']): string | undefined {
  const what = usesInWords(holds)
  return what === undefined ? undefined : `${what}, from the first step that says so to the last`
}

/** What a try holds while it is under way: `smtp, 2 of license`. */
function usesInWords(uses: StepManifest['uses']): string | undefined {
  const parts = Object.entries(uses).map(([name, amount]) => (amount === 1 ? name : `${amount} of ${name}`))
  return parts.length === 0 ? undefined : parts.join(', ')
}
