/** What the graph says in words: short on an item, whole for whoever listens or points. */
import { counted } from '../../../model/counted.ts'
import type { Instant } from '../../../model/ids.ts'
import type { StepKind, StepManifest } from '../../../model/manifest.ts'
import type { SkipReason } from '../../../model/step.ts'
import { timeTaken } from '../../../model/time-taken.ts'
import { age, lengthOfTime } from '../time/format.ts'
import type { FoldItem } from './collapse.ts'
import type { FoldOverlay } from './fold-overlay.ts'
import { itemLook, standingLook } from './item-look.ts'
import type { StepOverlay } from './overlay.ts'

export const kindWord: Readonly<Record<StepKind, string>> = {
  code: 'Code',
  shell: 'Shell',
  http: 'HTTP',
  email: 'E-mail',
  approval: 'Approval',
  wait: 'Wait',
  workflow: 'Child run',
}

export const skipWords: Readonly<Record<SkipReason, { short: string; whole: string }>> = {
  condition: { short: 'condition', whole: 'its condition was false' },
  dependency: { short: 'its need', whole: 'a step that it needs was skipped' },
  optional: { short: 'optional', whole: 'it failed, and is optional' },
  unused: { short: 'not needed', whole: 'nothing needed it' },
  expired: { short: 'expired', whole: 'nobody decided in time' },
  person: { short: 'by a person', whole: 'a person skipped it' },
}

/** What the author asked of the step, in a few words. */
export function policyWords(step: StepManifest): string {
  if (step.kind === 'wait') return step.duration === null ? '' : lengthOfTime(step.duration)
  if (step.kind === 'http') return step.method
  if (step.kind === 'workflow') return step.workflow
  if (step.kind === 'approval') return step.deadline === null ? '' : `within ${lengthOfTime(step.deadline)}`
  if (step.retry !== null && step.retry.attempts > 1) return `${step.retry.attempts} attempts`
  return step.timeout === null ? '' : `at most ${lengthOfTime(step.timeout)}`
}

export function attemptWords({ attempt, attemptsAllowed }: StepOverlay): string {
  return attemptsAllowed === null ? `attempt ${attempt}` : `attempt ${attempt} of ${Math.max(attempt, attemptsAllowed)}`
}

/** Where a loop leads, and how often it has. */
export function loopWords(step: StepManifest, to: string, times: number | null): string {
  const max = step.loop?.max ?? 0
  return times === null ? `back to ${to}, at most ${counted(max, 'time')}` : `back to ${to}, ${times} of ${max}`
}

/** `draft, completed, iteration 2, attempt 1, 1.4 s` */
export function stepName(step: StepManifest, shown: StepOverlay | undefined): string {
  const about = [step.title === undefined ? step.id : `${step.title} (${step.id})`, kindWord[step.kind].toLowerCase()]
  return [...about, ...(shown === undefined ? [] : standing(shown)), ...traits(step)].join(', ')
}

function standing(shown: StepOverlay): readonly string[] {
  const { status, skipped, iteration, attempt, fraction, via, compensation, failure } = shown
  const took = timeTaken(shown)
  const words = [itemLook(shown).word.toLowerCase()]
  if (skipped !== null) words.push(skipWords[skipped].whole)
  if (via !== null) words.push(`through its fallback ${via}`)
  if (status === 'failed' && failure !== null) words.push(failure)
  if (iteration > 1) words.push(`iteration ${iteration}`)
  if (attempt > 0) words.push(attemptWords(shown))
  if (fraction !== null) words.push(percent(fraction))
  if (took !== null) words.push(lengthOfTime(took))
  if (compensation !== 'none' && compensation !== 'running') words.push(compensationWord[compensation])
  return words
}

export const compensationWord = { owed: 'to be undone', done: 'undone', given_up: 'could not be undone', running: 'being undone' } as const

/** What the author marked a step as. */
export function traits(step: StepManifest): readonly string[] {
  return [
    ...(step.critical ? ['critical'] : []),
    ...(step.optional ? ['optional'] : []),
    ...(step.conditional ? ['conditional'] : []),
    ...(step.effect === null ? [] : ['acts on the outside world']),
    ...(step.compensates ? ['can be undone'] : []),
    ...(step.onlyAsFallback ? ['only as a fallback'] : []),
    ...(step.fallback === null ? [] : [`falls back to ${step.fallback}`]),
    ...(step.loop === null ? [] : [`may go back to ${step.loop.to.join(' or ')}`]),
  ]
}

export function foldName({ shape, steps }: FoldItem, shown: FoldOverlay | undefined): string {
  const about = `${steps.length} steps ${shape === 'row' ? 'in a row' : 'side by side'}, folded: ${steps[0] ?? ''} to ${steps.at(-1) ?? ''}`
  return shown === undefined ? about : `${about}, ${countWords(shown)}`
}

/** `9 completed, 1 failed` */
function countWords({ counts }: FoldOverlay): string {
  return counts.map(([each, count]) => `${count} ${standingLook(each).word.toLowerCase()}`).join(', ')
}

export const percent = (fraction: number): string => `${Math.floor(fraction * 100)}%`

/** `in 3 s`, `in 23 h`; `now` once it has come. */
export const countdown = (until: Instant, now: Instant): string => age(Math.max(until, now), now)
