/** What happened, event by event, in plain words. */
import { allowanceInWords } from '../../../../model/allowance.ts'
import type { RunEvent, RunEventMap, RunEventType } from '../../../../model/event.ts'
import type { Failure } from '../../../../model/failure.ts'
import type { StepId } from '../../../../model/ids.ts'
import type { SkipReason } from '../../../../model/step.ts'
import { strategyWords } from '../../../widgets/recoveries/words.ts'
import { originInWords } from '../../../widgets/replay/origin-words.ts'
import type { Tone } from '../../../widgets/status/look.ts'
import { clockTime, lengthOfTime } from '../../../widgets/time/format.ts'

export interface Words {
  readonly text: string
  readonly tone: Tone
  /** What follows from the rest of its entry; shown quieter. */
  readonly quiet: boolean
}

type Teller = { readonly [T in RunEventType]: (event: RunEventMap[T], zone: string) => Words }

/** The events of an entry in words, what matters most first. */
export function wordsOf(events: readonly RunEvent[], zone: string): readonly Words[] {
  return events.map((event) => tell(event, zone)).toSorted((one, other) => Number(one.quiet) - Number(other.quiet))
}

function tell<T extends RunEventType>(event: RunEventMap[T] & { readonly type: T }, zone: string): Words {
  return tellers[event.type](event, zone)
}

const said = (text: string, tone: Tone = 'inactive'): Words => ({ text, tone, quiet: false })
const aside = (text: string): Words => ({ text, tone: 'inactive', quiet: true })

const where = (holds: boolean, words: string): string => (holds ? words : '')

/** `draft`, or `draft, iteration 2`: the first one is not named. */
const pass = ({ step, iteration }: { readonly step: StepId; readonly iteration: number }): string =>
  iteration === 1 ? step : `${step}, iteration ${iteration}`

const because = (failure: Failure | null): string => (failure === null ? '' : `: ${failure.message.split('\n', 1)[0]}`)

const skips: Readonly<Record<SkipReason, string>> = {
  condition: 'its condition said no',
  dependency: 'a step that it needs was left out',
  optional: 'it is optional, and failed',
  unused: 'nothing called for it',
  expired: 'nobody decided in time',
  person: 'a person skipped it',
}

const ends = {
  completed: ['done', 'success'],
  failed: ['failed', 'failure'],
  interrupted: ['was cut off', 'inactive'],
  superseded: ['was overtaken by a loop', 'inactive'],
  cancelled: ['was cancelled', 'inactive'],
  in_doubt: ['was cut off, and may have happened', 'attention'],
} as const

const tellers: Teller = {
  run_created: ({ run: { workflow, workflowVersion, origin } }) => {
    const what = `The run of ${workflow}, version ${workflowVersion}, was created`
    return said(origin === null ? what : `${what}. ${originInWords(origin)}`, 'running')
  },
  run_moved: ({ to, waiting }) => {
    if (to === 'completed') return said('The run completed', 'success')
    if (to === 'failed') return said('The run failed', 'failure')
    if (to === 'cancelled') return said('The run was cancelled')
    return aside(`The run is ${to}${waiting === null ? '' : ` (${waiting.replaceAll('_', ' ')})`}`)
  },
  run_closing: ({ closing }) =>
    closing.outcome === 'rolled_back'
      ? said(`The run is being rolled back to ${closing.to.name}${where(closing.why !== null, `: ${closing.why}`)}`, 'attention')
      : said(`The run is being brought to its end as ${closing.outcome}${because(closing.failure)}`, 'attention'),
  grace_given: ({ until }, zone) => said(`What is inside an effect has until ${clockTime(until, zone)} to end, then it is cut off`, 'attention'),
  run_released: () => said('The run is set aside no more, and goes on', 'success'),
  run_quarantined: ({ failure }) => said(`The run was set aside${because(failure)}`, 'failure'),
  run_queued: () => said('The run is queued: as many go on as may at once', 'attention'),
  run_admitted: () => said('There is room for the run: it begins', 'running'),
  run_paused: ({ held }) => said(held === true ? 'The run is paused with its parent' : 'The run was paused', 'attention'),
  run_resumed: () => said('The run goes on', 'running'),
  run_recovered: ({ lastSeen }, zone) =>
    said(`A host found the run unfinished, last seen at ${clockTime(lastSeen, zone)}, and goes on with it`, 'running'),
  run_restored: ({ to, branch }) => said(`The run went back to checkpoint ${to} and goes on as branch ${branch}`, 'attention'),
  run_called_back: ({ closing }) => said(`What the run did is undone${because(closing.failure)}`, 'attention'),
  branch_named: ({ branch, name }) =>
    said(name === null ? `Branch ${branch} has no name any more` : `Branch ${branch} is called ${name}`),
  run_kept: ({ why }) => said(`Retention leaves the run alone${where(why !== null, `: ${why}`)}`),
  run_unkept: ({ why }) => said(`Retention leaves the run alone no more${where(why !== null, `: ${why}`)}`),
  recoveries_reset: ({ why }) => said(`What the run has recovered by itself counts no more${where(why !== null, `: ${why}`)}`),
  result_refused: ({ attempt, branch, ...at }) =>
    aside(`${pass(at)}, attempt ${attempt}, answered on branch ${branch}, which the run has left: nothing came of it`),
  attempt_started: ({ attempt, phase, effect, ...at }) => {
    if (phase === 'compensate') return said(`${pass(at)} is being undone`, 'running')
    if (phase === 'check') return said(`The receiver is asked whether ${pass(at)} happened`, 'running')
    return said(
      `${pass(at)} started${where(attempt > 1, `, attempt ${attempt}`)}${where(effect === 'begun', ', touching the outside world')}`,
      'running',
    )
  },
  effect_begun: (event) => said(`${pass(event)} begins to touch the outside world`, 'attention'),
  attempt_ended: ({ attempt, status, failure, counts, ...at }) => {
    const [word, tone] = ends[status]
    const uncounted = where(status === 'failed' && !counts, ' (not counted)')
    const words = `${pass(at)}: attempt ${attempt} ${word}${because(failure)}${uncounted}`
    return status === 'completed' ? aside(words) : said(words, tone)
  },
  step_waiting: ({ for: what, until, on, failure, ...at }, zone) => {
    const waits = {
      backoff: 'is tried again',
      timer: 'waits',
      decision: 'waits for a person',
      fallback: 'waits for its fallback',
      breaker: `is held back from ${on ?? 'what it reaches'}`,
      child: 'waits for its child run',
      resource: 'waits for a resource',
      dead_letter: 'is queued for later, among the dead letters',
    }
    const when = until === null ? '' : ` ${what === 'backoff' ? 'at' : 'until'} ${clockTime(until, zone)}`
    return said(`${pass(at)} ${waits[what]}${when}${because(failure)}`)
  },
  allowance_raised: ({ allowance, ...at }) => said(`${pass(at)} may take ${allowanceInWords(allowance)} from now on`),
  child_begun: ({ child, until, ...at }, zone) =>
    said(`${pass(at)} began child run ${child}${until === null ? '' : `, which has until ${clockTime(until, zone)}`}`, 'running'),
  child_stopping: ({ child, failure, ...at }) => said(`${pass(at)} waits for child run ${child} only to end${because(failure)}`, 'failure'),
  child_called_back: ({ child, ...at }) => said(`${pass(at)} is undone by undoing child run ${child}`, 'running'),
  child_ended: ({ child, status }) => said(`Child run ${child} ended: ${status}`, status === 'completed' ? 'success' : status === 'failed' ? 'failure' : 'inactive'),
  resources_awaited: ({ phase, on, ...at }) => {
    const what = on === undefined ? 'for what it uses: others hold it' : `for its turn at ${on}: fewer reach that at once, since it answered that it was too much`
    return said(`${where(phase === 'compensate', 'Undoing ')}${pass(at)} waits ${what}`, 'attention')
  },
  resources_held: ({ held, ...at }) => said(`From ${pass(at)} on the run holds ${Object.keys(held).join(' and ')}`, 'running'),
  resources_released: ({ names, why }) => said(`The run lets go of ${names.join(' and ')}${where(why === 'gave_way', ': it gives way to others')}`, why === 'over' ? 'inactive' : 'attention'),
  step_ready: (event) => aside(`${pass(event)} is ready`),
  step_armed: ({ phase, ...at }) => said(`${pass(at)} was armed${where(phase === 'compensate', ' to be undone')}`, 'attention'),
  savepoint_passed: ({ name, checkpoint }) => said(`The savepoint ${name} was passed, checkpoint ${checkpoint}`, 'mark'),
  step_completed: ({ via, ...at }) =>
    said(`${pass(at)} completed${via === null ? '' : ` by its fallback ${via}`}`, 'success'),
  step_skipped: ({ reason, failure, ...at }) =>
    said(
      `${pass(at)} was skipped: ${skips[reason]}${failure === null ? '' : ` (${failure.message.split('\n', 1)[0]})`}`,
    ),
  step_follows: ({ follows: { from, as, by }, ...at }) =>
    aside({ skipped: `${pass(at)} is left out with ${from}`, failed: `${pass(at)} fails with ${from}`, rerouted: by === null ? `${pass(at)} goes on without ${from}` : `${pass(at)} goes on with ${by} in the place of ${from}` }[as]),
  step_failed: ({ failure, ...at }) => said(`${pass(at)} failed for good${because(failure)}`, 'failure'),
  step_in_doubt: ({ failure, ...at }) => said(`${pass(at)} is in doubt${because(failure)}`, 'attention'),
  check_waiting: ({ until, failure, ...at }, zone) =>
    said(`The receiver could not be asked about ${pass(at)}${because(failure)}; it is asked again at ${clockTime(until, zone)}`, 'failure'),
  doubt_settled: ({ happened, note, ...at }) =>
    said(`${pass(at)} ${happened ? 'happened' : 'did not happen'}, its check says${where(note !== null, `: ${note}`)}`, happened ? 'success' : 'attention'),
  step_cancelled: (event) => said(`${pass(event)} was cancelled`),
  step_superseded: (event) => said(`${pass(event)} was overtaken by a loop`),
  step_renewed: (event) => aside(`${event.step} begins iteration ${event.iteration}`),
  looped: ({ to, count, ...at }) => said(`${pass(at)} sent the run back to ${to}, the ${ordinal(count)} time`, 'mark'),
  loop_left: ({ failure, ...at }) => said(`${pass(at)} goes on, as at the bound of its loop${because(failure)}`, 'attention'),
  output_edited: (event) => said(`The output of ${pass(event)} was edited by a decision`, 'attention'),
  compensation_waiting: ({ until, failure, ...at }, zone) => {
    if (failure === null) return said(`Undoing ${pass(at)} waits for a person`, 'attention')
    const next = until === null ? 'a person is asked' : `it is tried again at ${clockTime(until, zone)}`
    return said(`Undoing ${pass(at)} failed${because(failure)}; ${next}`, 'failure')
  },
  compensation_settled: ({ as, ...at }) =>
    said(
      as === 'done' ? `${pass(at)} was undone` : `Undoing ${pass(at)} was given up`,
      as === 'done' ? 'success' : 'failure',
    ),
  decision_opened: ({ decision }) => {
    const { actions, deadline, openedAt } = decision
    const due = deadline === null ? '' : `, due in ${lengthOfTime(deadline - openedAt)}`
    return said(`${pass(decision)} asks a person (${actions.map(({ name }) => name).join(', ')})${due}`, 'attention')
  },
  decision_closed: ({ status, action, note, actor, edit }) => {
    const what = action === null ? status : `“${action}”`
    const tone = status === 'rejected' || status === 'expired' ? 'failure' : 'success'
    return said(
      `Decided: ${what} by ${actor.name}${where(edit !== null, ', with an edit')}${note ? ` — ${note}` : ''}`,
      tone,
    )
  },
  error_opened: ({ error: { step, severity, failure } }) => aside(`An error of ${step ?? 'the run'} was opened (${severity})${because(failure)}`),
  error_recurred: ({ failure }) => aside(`It went wrong again${because(failure)}`),
  recovery_began: ({ recovery: { strategy, why } }) => aside(`${strategyWords[strategy]}: ${why}`),
  error_closed: ({ status }) => aside(`The error was closed: ${status}`),
  checkpoint_taken: ({ number, kind }) => aside(`Checkpoint ${number} (${kind.replaceAll('_', ' ')})`),
}

function ordinal(count: number): string {
  const last = count % 100 >= 11 && count % 100 <= 13 ? 0 : count % 10
  return `${count}${({ 1: 'st', 2: 'nd', 3: 'rd' } as const)[last] ?? 'th'}`
}
