import type { DecisionRecord } from '../../../../model/decision.ts'
import type { Instant } from '../../../../model/ids.ts'
import type { StepManifest } from '../../../../model/manifest.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'

const atDeadlineOf = { fail: 'it fails', skip: 'it is left out', go_on: 'policy goes on with what comes next' } as const

/** What the author, or the workspace, lets happen at the deadline; null where there is none. It is never an approval. */
export function afterDeadline({ atDeadline }: Pick<DecisionRecord, 'atDeadline'>, step: StepManifest | undefined): string | null {
  if (atDeadline !== null) return atDeadlineOf[atDeadline === 'skip' && step?.optional !== true ? 'fail' : atDeadline]
  return step?.kind === 'approval' && step.deadline !== null ? atDeadlineOf[step.onDeadline] : null
}

/** One sentence on what the run waits for, and one on what ends the wait by itself. */
export function whyWaiting(decision: DecisionRecord, step: StepManifest | undefined, now: Instant): string {
  const title = step?.title ?? decision.step
  const why = decision.kind === 'recovery' && decision.phase === 'compensate' ? notUndone(title) : reasons[decision.kind](title)
  return `${why} ${untilWhen(decision, step, now)}`
}

function notUndone(title: string): string {
  return `For a person: “${title}” is to be undone, and that failed. The run ends once it is known what becomes of it.`
}

const reasons: Readonly<Record<DecisionRecord['kind'], (title: string) => string>> = {
  approval: (title) => `For a person: the workflow asks at “${title}” before anything that follows it.`,
  in_doubt: (title) => `For a person: an attempt of “${title}” was cut off inside its effect, and doing it again could do it twice.`,
  arm: (title) => `For a person: this is a replay, and “${title}” touches the outside world, which a replay does not do by itself.`,
  loop: (title) => `For a person: “${title}” would send the run back once more, and it has been going round in a circle.`,
  dead_letter: (title) => `For a person to drain the dead-letter queue: “${title}” failed, and policy has its run queued for later.`,
  recovery: (title) => `For a person: “${title}” failed, and whatever the workflow says to try has been tried.`,
}

function untilWhen({ deadline, atDeadline }: DecisionRecord, step: StepManifest | undefined, now: Instant): string {
  if (deadline === null) return 'There is no deadline.'
  const then = afterDeadline({ atDeadline }, step) ?? 'it expires'
  return deadline <= now ? `Its deadline has passed: ${then}.` : `If nobody answers, ${then} in ${lengthOfTime(Math.floor((deadline - now) / 1_000) * 1_000)}.`
}
