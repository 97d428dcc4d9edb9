import { allowanceInWords } from '../../model/allowance.ts'
import type { RunEvent, RunEventMap } from '../../model/event.ts'
import { isEnded } from '../../model/status.ts'
import type { Signal } from '../../model/log.ts'
import { plain, type Paint } from '../paint.ts'
import { runStatus, stepStatus } from '../status.ts'
import { moment } from '../times.ts'

type Lines = { readonly [T in keyof RunEventMap]: (event: RunEventMap[T], paint: Paint) => string | undefined }

const silent = (): undefined => undefined
const named = ({ step, iteration }: { step: string; iteration: number }): string =>
  iteration === 1 ? step : `${step} #${iteration}`
const because = (failure: { message: string } | null): string => (failure === null ? '' : `: ${plain(failure.message)}`)

/** What one event of a run is in one line, where it is worth one. */
const lines: Lines = {
  run_created: ({ run: { origin } }) =>
    origin === null ? undefined : `run is a replay of ${origin.run} from checkpoint ${origin.checkpoint}`,
  run_moved: ({ to, waiting }, paint) =>
    to === 'running' || isEnded(to) ? undefined : `run ${runStatus(paint, to, waiting)}`,
  run_closing: ({ closing }) => (closing.failure === null ? undefined : `run is ending${because(closing.failure)}`),
  grace_given: ({ until }) => `what is inside an effect has until ${moment(until)} to end, then it is cut off`,
  run_released: () => 'run is set aside no more, and goes on',
  run_quarantined: ({ failure }, paint) => `run ${runStatus(paint, 'quarantined', null)}${because(failure)}`,
  run_queued: () => 'run is queued: as many go on as may at once',
  run_admitted: () => 'there is room for the run: it begins',
  run_paused: silent,
  run_resumed: silent,
  run_recovered: () => 'run is taken up again',
  run_restored: ({ to, branch }) => `run went back to checkpoint ${to} and goes on as branch ${branch}`,
  run_called_back: ({ closing }) => `run is undone${because(closing.failure)}`,
  branch_named: ({ branch, name }) => {
    return name === null ? `branch ${branch} has no name any more` : `branch ${branch} is called ${plain(name)}`
  },
  run_kept: ({ by, why }) => `${plain(by.name)} has retention leave the run alone${why === null ? '' : `: ${plain(why)}`}`,
  run_unkept: ({ why }) => `retention leaves the run alone no more${why === null ? '' : `: ${plain(why)}`}`,
  recoveries_reset: ({ why }) => `what the run has recovered by itself counts no more${why === null ? '' : `: ${plain(why)}`}`,
  result_refused: (event) => `${named(event)} answered on branch ${event.branch}, which the run has left`,
  attempt_started: (event, paint) => {
    const status = { run: stepStatus(paint, 'running', null), compensate: paint('attention', '↶ compensating'), check: paint('attention', '? asking whether it happened') }[event.phase]
    return `${named(event)} ${status}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}`
  },
  effect_begun: silent,
  attempt_ended: silent,
  step_waiting: (event, paint) => {
    const until = event.until === null ? '' : ` until ${moment(event.until)}`
    return `${named(event)} ${stepStatus(paint, 'waiting', event.for)}${until}${because(event.failure)}`
  },
  allowance_raised: (event) => `${named(event)} may take ${allowanceInWords(event.allowance)} from now on`,
  child_begun: (event) => `${named(event)} waits for its child run ${event.child}`,
  child_stopping: (event) => `${named(event)} does not wait for its child run any more${because(event.failure)}`,
  child_called_back: (event) => `${named(event)} is undone by undoing its child run ${event.child}`,
  child_ended: (event, paint) => `child run ${event.child} ${runStatus(paint, event.status, null)}`,
  resources_awaited: (event, paint) => `${event.phase === 'run' ? '' : 'compensating '}${named(event)} ${stepStatus(paint, 'waiting', 'resource')}`,
  resources_held: (event) => `run holds ${Object.keys(event.held).join(' and ')}`,
  resources_released: (event) => `run lets go of ${event.names.join(' and ')}${event.why === 'over' ? '' : ': it gives way to others'}`,
  step_ready: silent,
  step_armed: (event) => `${named(event)} is armed${event.phase === 'run' ? '' : ' to be compensated'}`,
  step_completed: (event, paint) => {
    return `${named(event)} ${stepStatus(paint, 'completed', null)}${event.via === null ? '' : ` by ${event.via}`}`
  },
  step_skipped: (event, paint) => {
    return `${named(event)} ${stepStatus(paint, 'skipped', null)} (${event.reason})${because(event.failure)}`
  },
  step_failed: (event, paint) => `${named(event)} ${stepStatus(paint, 'failed', null)}${because(event.failure)}`,
  step_in_doubt: (event, paint) => `${named(event)} ${stepStatus(paint, 'in_doubt', null)}${because(event.failure)}`,
  check_waiting: (event) => `${named(event)}: the receiver could not be asked, and is asked again at ${moment(event.until)}${because(event.failure)}`,
  doubt_settled: ({ happened, note, ...event }) =>
    `${named(event)} ${happened ? 'happened' : 'did not happen'}, its check says${note === null ? '' : `: ${plain(note)}`}`,
  step_cancelled: (event, paint) => `${named(event)} ${stepStatus(paint, 'cancelled', null)}`,
  step_superseded: (event, paint) => `${named(event)} ${stepStatus(paint, 'superseded', null)}`,
  step_renewed: silent,
  looped: (event) => `${named(event)} sends the run back to ${event.to}`,
  loop_left: (event) => `${named(event)} does not send the run back again${because(event.failure)}`,
  step_follows: silent,
  output_edited: (event) => `${named(event)} was edited`,
  savepoint_passed: (event) => `the savepoint ${event.name} is passed`,
  compensation_waiting: (event) => {
    if (event.failure === null) return `${named(event)} waits to be armed for its compensation`
    return `${named(event)} could not be compensated${because(event.failure)}`
  },
  compensation_settled: (event) => `${named(event)} is ${event.as === 'done' ? 'compensated' : 'left as it is'}`,
  decision_opened: silent,
  decision_closed: ({ status, action, actor }) =>
    `decision ${status}${action === null ? '' : ` (${plain(action)})`} by ${plain(actor.name)}`,
  error_opened: silent,
  error_recurred: silent,
  recovery_began: silent,
  error_closed: silent,
  checkpoint_taken: silent,
}

export function eventLine(event: RunEvent, paint: Paint): string | undefined {
  return lineOf(event.type, event, paint)
}

function lineOf<T extends keyof RunEventMap>(type: T, event: RunEventMap[T], paint: Paint): string | undefined {
  return lines[type](event, paint)
}

/** What a line is: said by the step itself, of a program of it, the two streams of which are told apart, or of a request of it. */
const signs = { said: ':', command: ' $', stdout: ' │', stderr: ' !', end: ' =', request: ' >', answer: ' <' } as const

/** What a step logged, from `info` on. */
export function signalLine(signal: Signal, paint: Paint): string | undefined {
  if (signal.type !== 'log' || signal.level === 'debug') return undefined
  const tone = { info: 'inactive', warn: 'attention', error: 'failure' } as const
  return paint(tone[signal.level], `  ${signal.step}${signs[signal.program ?? signal.exchange ?? 'said']} ${plain(signal.message)}`)
}
