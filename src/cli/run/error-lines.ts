/** What went wrong in a run as a person reads it: what each error was, where and in what, what was done about it, and what was said last. */
import { type ErrorRecord, followersOf, type Recovery, type ToldError } from '../../model/error-record.ts'
import type { Signal } from '../../model/log.ts'
import type { StepRecord } from '../../model/step.ts'
import { type Paint, plain } from '../paint.ts'
import { errorStatus } from '../status.ts'
import { lasting, moment } from '../times.ts'
import { followsInWords } from './in-words.ts'

/** So many of the last lines of an attempt are told. */
const mostLines = 5

/** What else is known of the run. */
export interface Surroundings {
  readonly errors: readonly ErrorRecord[]
  readonly steps: readonly StepRecord[]
  /** The newest that its attempts have said, oldest first. */
  readonly signals: readonly Signal[]
}

export function errorLines(paint: Paint, error: ToldError, { errors, steps, signals }: Surroundings): string[] {
  const { failure, causedBy, took, recoveries, made } = error
  const cause = errors.find(({ id }) => id === causedBy)
  // A run fails of what its step failed of: that is read once.
  const isSaidThere = cause?.failure.message === failure.message
  return [
    `${paint('strong', placeOf(error))}  ${errorStatus(paint, error.status)}  ${plain(failure.message)}`,
    `  ${paint('inactive', factsOf(error).join(', '))}`,
    ...(cause === undefined ? [] : [`  because of ${cause.step ?? 'the run'}`]),
    ...(took.length === 0 ? [] : [`  and because of it not done: ${took.join(', ')}`]),
    ...(isSaidThere ? [] : contextLines(paint, error, signals)),
    ...(made > recoveries.length ? [`  ${made - recoveries.length} earlier recoveries`] : []),
    ...recoveries.map((each) => `  ${recoveryLine(each)}`),
    ...followers(error, steps),
  ]
}

function placeOf({ step, iteration, phase }: ErrorRecord): string {
  if (step === null) return 'the run'
  return `${phase === 'compensate' ? 'undoing ' : ''}${step}${iteration === 1 ? '' : ` #${iteration}`}`
}

function factsOf({ failure, retryable, severity, attempts, checkpoint, openedAt }: ToldError): string[] {
  const tries = attempts === null ? [] : [attempts.first === attempts.last ? `attempt ${attempts.first}` : `attempts ${attempts.first} to ${attempts.last}`]
  const hope = retryable ? 'another try may go better' : 'another try would come to the same'
  return [failure.class, hope, `severity ${severity}`, ...tries, `at checkpoint ${checkpoint}`, moment(openedAt)]
}

function contextLines(paint: Paint, error: ErrorRecord, signals: readonly Signal[]): string[] {
  const { failure, environment } = error
  const frames = (failure.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const said = saidIn(error, signals).slice(-mostLines)
  return [
    ...(failure.wayOut === undefined ? [] : [`  way out: ${plain(failure.wayOut)}`]),
    ...(environment === null ? [] : [`  ${paint('inactive', `in Cairn ${environment.host}, Node ${environment.node}, ${environment.platform}, ${environment.executor}`)}`]),
    ...frames.map((frame) => `    ${plain(frame.trim())}`),
    ...(said.length === 0 ? [] : ['  it said last:', ...said.map((line) => `    ${plain(line)}`)]),
  ]
}

/** What the newest attempt that failed has said. */
function saidIn({ branch, step, iteration, attempts }: ErrorRecord, signals: readonly Signal[]): string[] {
  return signals.flatMap((signal) => {
    const isIts = signal.branch === branch && signal.step === step && signal.iteration === iteration && signal.attempt === attempts?.last
    return isIts && signal.type === 'log' ? [signal.message.split('\n', 1)[0] ?? ''] : []
  })
}

/** What became of the steps that need the one that failed. */
function followers({ step: from, branch, phase }: ErrorRecord, steps: readonly StepRecord[]): string[] {
  if (from === null || phase !== 'run') return []
  return followersOf({ step: from, branch }, steps).map(({ step, follows }) => `  ${step}: ${followsInWords(follows)}`)
}

function recoveryLine({ strategy, why, outcome, beganAt, endedAt, passedOver }: Recovery): string {
  const took = endedAt === null ? '' : ` after ${lasting(endedAt - beganAt)}`
  const before = passedOver.map((each) => `${each.strategy}: ${each.why}`)
  return `→ ${strategy}: ${plain(why)} — ${outcome.replaceAll('_', ' ')}${took}${before.length === 0 ? '' : ` (not ${plain(before.join('; '))})`}`
}
