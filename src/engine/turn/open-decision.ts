import type { DecisionRecord } from '../../model/decision.ts'
import type { Failure } from '../../model/failure.ts'
import { DecisionId } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Turn } from './turn.ts'

type Asked = Pick<DecisionRecord, 'kind' | 'actions' | 'shown' | 'edits' | 'failure' | 'deadline'> & Partial<Pick<DecisionRecord, 'tries' | 'recommended' | 'checkpoint' | 'atDeadline'>>

/** Asks a person about a pass of a step. How the step itself waits meanwhile depends on what is asked. */
export function openDecision(turn: Turn, record: StepRecord, asked: Asked): void {
  turn.emit({
    type: 'decision_opened',
    decision: {
      tries: null,
      recommended: null,
      checkpoint: null,
      atDeadline: null,
      ...asked,
      id: DecisionId.parse(turn.randomness.ulid(turn.now)),
      branch: record.branch,
      phase: record.status === 'completed' ? 'compensate' : 'run',
      step: record.step,
      iteration: record.iteration,
      status: 'pending',
      openedAt: turn.now,
      closedAt: null,
      action: null,
      note: null,
      edit: null,
      actor: null,
    },
  })
}

/** The answers about a compensation that failed: it is tried again, a person has seen to it by hand, or what was done is left to stand. */
const undoingActions: DecisionRecord['actions'] = [
  { name: 'retry', role: 'primary' },
  { name: 'happened', role: 'secondary' },
  { name: 'skip', role: 'secondary' },
]

/** The same where no try can help. */
const byHandActions: DecisionRecord['actions'] = [
  { name: 'happened', role: 'primary' },
  { name: 'skip', role: 'secondary' },
]

/** What is asked about a compensation that failed, in one place for all who ask. */
export function undoing({ compensationTries: tries }: StepRecord, failure: Failure): Pick<DecisionRecord, 'actions' | 'recommended' | 'tries'> {
  if (!isChildGone(failure)) return { actions: undoingActions, tries, recommended: { action: 'retry', why: 'otherwise what the step did stays as it is' } }
  return { actions: byHandActions, tries, recommended: { action: 'happened', why: 'what its child run did can be undone only by hand' } }
}

/** Whether it is that of a child run to be undone which is not in the store any more. One that is damaged may be mended. */
function isChildGone({ class: of, child }: Failure): boolean {
  return of === 'permanent' && child !== undefined
}

/**
 * The answers to "may this touch the outside world?": it may, or it has been seen to in another way. Only what nothing
 * counts on can be left out.
 */
export function armActions(mayBeLeftOut: boolean): DecisionRecord['actions'] {
  const leaveOut = { name: 'skip', role: 'secondary' } as const
  return [{ name: 'arm', role: 'primary' }, { name: 'happened', role: 'secondary' }, ...(mayBeLeftOut ? [leaveOut] : [])]
}

/** The answers to "is the run to go on in its circle?": once more, past it, or not at all. */
export const loopActions = [
  { name: 'go-on', role: 'primary' },
  { name: 'go-back', role: 'secondary' },
  { name: 'fail', role: 'secondary' },
] as const satisfies DecisionRecord['actions']

/** The answers to "did the effect of the attempt that was cut off happen?" */
export const doubtActions = [
  { name: 'happened', role: 'primary' },
  { name: 'did-not-happen', role: 'secondary' },
] as const satisfies DecisionRecord['actions']
