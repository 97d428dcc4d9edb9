/** Why a run stands where it stands, in one sentence, with what ends it. */
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { Failure } from '../../../../model/failure.ts'
import type { DecisionId, Instant, Millis, StepId } from '../../../../model/ids.ts'
import { isSetAside, type RunRecord } from '../../../../model/run.ts'
import { defaultRetry } from '../../../../model/manifest.ts'
import type { RunWait } from '../../../../model/status.ts'
import type { StepRecord } from '../../../../model/step.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { clockTime, dayOf, lengthOfTime } from '../../../widgets/time/format.ts'
import { insideEffects } from './inside-effects.ts'

export interface Why {
  readonly text: string
  /** The step that it hangs on. */
  readonly step: StepId | null
  /** The decision that ends it. */
  readonly decision: DecisionId | null
}

export interface Clock {
  readonly now: Instant
  readonly zone: string
}

export function whyOf(detail: RunDetail, clock: Clock): Why {
  const { record, steps } = detail
  switch (record.status) {
    case 'queued':
      return plain('Queued: as many runs go on as may at once. It begins once there is room and it is its turn.')
    case 'running':
      return running(detail, clock)
    case 'waiting':
      return record.waiting === null
        ? plain('Waits for what its steps wait for.')
        : waits[record.waiting](detail, clock)
    case 'paused':
      return paused(detail)
    case 'compensating':
      return undoing(detail, clock)
    case 'quarantined':
      return plain(setAside(record))
    case 'failed': {
      const step =
        steps.findLast(({ status, compensation }) => status === 'failed' && compensation !== 'given_up')?.step ?? null
      const message = oneLine(record.failure?.message ?? 'no reason was kept')
      return { text: step === null ? `Failed: ${message}.` : `Failed at ${called(detail, step)}: ${message}.`, step, decision: null }
    }
    case 'cancelled':
      return plain(record.failure === null ? 'Cancelled.' : `Cancelled: ${oneLine(record.failure.message)}.`)
    case 'completed':
      return plain('Completed: nothing is left to do.')
  }
}

/** One of which nothing is damaged goes on by what its way out says; any other is recovered, or mended. */
function setAside({ status, failure }: Pick<RunRecord, 'status' | 'failure'>): string {
  const message = oneLine(failure?.message ?? 'no reason was kept')
  if (!isSetAside({ status, failure })) return `Set aside, because its state cannot be trusted: ${message}.`
  return `Set aside: ${message}.${failure?.wayOut === undefined ? '' : ` What can be done: ${oneLine(failure.wayOut)}.`}`
}

type Wait = (detail: RunDetail, clock: Clock) => Why

const waits: Readonly<Record<RunWait, Wait>> = {
  decision: asksPerson,
  in_doubt: asksPerson,
  backoff: triesAgain,
  timer: waitsForTime,
  resource: waitsForResources,
  child: () => plain('Waits for a child run to end.'),
  breaker: heldBack,
  dead_letter: queuedForLater,
}

function running(detail: RunDetail, { now }: Clock): Why {
  const { steps, attempts } = detail
  const [first, ...others] = steps.filter(({ status }) => status === 'running')
  if (first === undefined) return plain('Running.')
  const attempt = attempts.findLast(({ step, status }) => step === first.step && status === 'running')
  const number = attempt !== undefined && attempt.attempt > 1 ? ` (attempt ${attempt.attempt})` : ''
  const since = attempt === undefined ? '' : ` for ${length(now - attempt.startedAt)}`
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return { text: `Runs ${called(detail, first.step)}${number}${since}${more}.`, step: first.step, decision: null }
}

function undoing(detail: RunDetail, clock: Clock): Why {
  const { record, steps, decisions } = detail
  const [first, ...others] = insideEffects(detail)
  const back = record.closing?.outcome === 'rolled_back' ? record.closing.to.name : null
  const end = back === null ? `ends as ${record.closing?.outcome ?? 'failed'}` : `goes back to ${back}`
  if (first !== undefined) {
    const grace = record.closing?.outcome === 'rolled_back' ? undefined : record.closing?.grace
    const until = grace === undefined ? '' : `, until ${clockTime(grace.until, clock.zone)} at the latest`
    return { text: `Waits for ${list([first, ...others].map((step) => called(detail, step)))}, inside an effect${until}, before it ${end}.`, step: first, decision: null }
  }
  if (decisions.some(({ status }) => status === 'pending')) {
    const asks = asksPerson(detail, clock)
    return { ...asks, text: `${asks.text} Then it ${end}.` }
  }
  const owed = list(steps.filter(({ compensation }) => compensation === 'owed').map(({ step }) => called(detail, step)))
  if (back === null) return plain(`Undoes what was done before it ${end}: ${owed} still to go.`)
  return plain(`Undoes what was done since ${back}, and goes on from there: ${owed} still to go.`)
}

function paused(detail: RunDetail): Why {
  const underWay = detail.steps.filter(({ status }) => status === 'running').map(({ step }) => called(detail, step))
  if (underWay.length === 0) return plain('Paused: nothing starts until it is resumed.')
  return plain(`Paused: ${list(underWay)} may end, nothing else starts until it is resumed.`)
}

function asksPerson(detail: RunDetail, { now }: Clock): Why {
  const pending = detail.decisions
    .filter(({ status }) => status === 'pending')
    .toSorted((one, other) => one.openedAt - other.openedAt)
  const [first, ...others] = pending
  if (first === undefined) return plain('Waits for a person.')
  const due = first.deadline === null ? '' : `, due in ${length(first.deadline - now)}`
  const more =
    others.length === 0 ? '' : ` ${others.length} more ${others.length === 1 ? 'decision is' : 'decisions are'} open.`
  const question = asked[first.kind](called(detail, first.step))
  const text = `Waits for a person, ${length(now - first.openedAt)} so far${due}: ${question}${more}`
  return { text, step: first.step, decision: first.id }
}

/** Nobody is called for it: it stands in the queue until somebody comes to that. */
function queuedForLater(detail: RunDetail, { now }: Clock): Why {
  const letter = detail.decisions.find(({ kind, status }) => kind === 'dead_letter' && status === 'pending')
  if (letter === undefined) return plain('Is in the dead-letter queue.')
  const text = `Is in the dead-letter queue, ${length(now - letter.openedAt)} so far: ${called(detail, letter.step)} failed, and policy has it queued for later.`
  return { text, step: letter.step, decision: letter.id }
}

const asked: Readonly<Record<DecisionRecord['kind'], (step: string) => string>> = {
  approval: (step) => `${step} asks for a decision.`,
  in_doubt: (step) => `${step} was cut off midway: did it happen?`,
  recovery: (step) => `${step} failed for good: how does it go on?`,
  dead_letter: (step) => `${step} failed for good, and the run is queued for later.`,
  loop: (step) => `${step} sends the run round in a circle: does it go on so?`,
  arm: (step) => `${step} touches the outside world: may it?`,
}

function triesAgain(detail: RunDetail, { now }: Clock): Why {
  const { steps, attempts, manifest } = detail
  const waiting = steps.filter((step) => step.waiting?.for === 'backoff')
  const next = waiting.toSorted((one, other) => untilOf(one) - untilOf(other))[0]
  if (next === undefined) return plain('Waits before it tries again.')
  const policy = manifest.steps.find(({ id }) => id === next.step)?.retry ?? defaultRetry
  const failures = attempts.flatMap(({ step, iteration, failure }) =>
    step === next.step && iteration === next.iteration ? (failure ?? []) : [],
  )
  const last = failures.at(-1)
  const left = untilOf(next) - now
  const when = left > 0 && Number.isFinite(left) ? `in ${length(left)}` : 'now'
  return {
    text: `Tries ${called(detail, next.step)} again ${when} (attempt ${next.tries + 1} of ${policy.attempts})${last === undefined ? '' : causeOf(last)}.`,
    step: next.step,
    decision: null,
  }
}

/** What was wished for is waited out, whatever the step's own backoff is. */
function causeOf({ class: of, retryAfter }: Failure): string {
  return retryAfter === undefined ? ` after ${causes[of] ?? 'a failure'}` : `, since its receiver asked to be left alone for ${length(retryAfter)}`
}

function heldBack(detail: RunDetail, { now }: Clock): Why {
  const next = detail.steps.filter(({ waiting }) => waiting?.for === 'breaker').toSorted((one, other) => untilOf(one) - untilOf(other))[0]
  if (next === undefined) return plain('Held back, because what it reaches failed too often lately.')
  const left = untilOf(next) - now
  const when = left > 0 && Number.isFinite(left) ? `in ${length(left)}` : 'now'
  const text = `Held back: ${next.waiting?.on ?? 'what it reaches'} failed too often lately. ${called(detail, next.step)} may try again ${when}.`
  return { text, step: next.step, decision: null }
}

const causes: Readonly<Partial<Record<string, string>>> = {
  transient: 'a failure that may pass',
  timeout: 'a timeout',
  crash: 'a crash of its process',
  resource: 'running out of a resource',
}

function waitsForResources(detail: RunDetail, { now }: Clock): Why {
  const [first, ...others] = detail.steps
    .filter((step) => step.waiting?.for === 'resource')
    .toSorted((one, other) => (one.waiting?.since ?? 0) - (other.waiting?.since ?? 0))
  if (first === undefined) return plain('Waits for a resource that others hold: it goes on when one of them lets go.')
  const { uses: used = {}, holds = {} } = detail.manifest.steps.find(({ id }) => id === first.step) ?? {}
  const uses = [...Object.keys(used), ...Object.keys(holds).filter((name) => !Object.hasOwn(detail.record.holds ?? {}, name))]
  const { on } = first.waiting ?? {}
  const turn = on === undefined ? 'its turn, as many attempts go on as may at once' : `its turn at ${on}, which fewer reach at once since it answered that it was too much`
  const what = uses.length === 0 || on !== undefined ? turn : list(uses)
  const since = first.waiting?.since === undefined ? '' : `, ${length(now - first.waiting.since)} so far`
  const more = others.length === 0 ? '' : ` ${others.length} more ${others.length === 1 ? 'step waits' : 'steps wait'} so.`
  return { text: `${called(detail, first.step)} waits for ${what}${since}.${more}`, step: first.step, decision: null }
}

function waitsForTime(detail: RunDetail, { now, zone }: Clock): Why {
  const next = detail.steps
    .filter((step) => step.waiting?.for === 'timer')
    .toSorted((one, other) => untilOf(one) - untilOf(other))[0]
  const until = next?.waiting?.until ?? null
  if (next === undefined || until === null) return plain('Waits for a time.')
  const day = dayOf(until, zone) === dayOf(now, zone) ? '' : `${dayOf(until, zone)}, `
  return {
    text: `Waits until ${day}${clockTime(until, zone)} in ${called(detail, next.step)}: ${length(Math.max(0, until - now))} to go.`,
    step: next.step,
    decision: null,
  }
}

const untilOf = ({ waiting }: StepRecord): Instant => waiting?.until ?? Infinity

const plain = (text: string): Why => ({ text, step: null, decision: null })

/** As the graph calls it; what its author called it is quoted. */
function called({ manifest }: RunDetail, step: StepId): string {
  const title = manifest.steps.find(({ id }) => id === step)?.title
  return title === undefined ? step : `“${title}”`
}

/** Whole seconds, then whole minutes, so that a sentence that keeps counting stays calm. */
const length = (millis: Millis): string =>
  lengthOfTime(wholes(Math.max(0, millis), millis < 600_000 ? 1_000 : 60_000))
    .replace(/^0 ms$/, 'a moment')
    .replace(/\.0 s$/, ' s')

const wholes = (millis: Millis, unit: Millis): Millis => Math.floor(millis / unit) * unit

function list(names: readonly string[]): string {
  if (names.length === 0) return 'nothing'
  const [first, ...others] = names.slice(0, 3)
  const more = names.length > 3 ? [`${names.length - 3} more`] : []
  const all = [...others, ...more]
  return all.length === 0 ? `${first}` : `${[first, ...all.slice(0, -1)].join(', ')} and ${all.at(-1)}`
}

/** The first line without its full stop: it ends inside a sentence of ours. */
const oneLine = (message: string): string => (message.split('\n', 1)[0] ?? '').replace(/[.\s]+$/, '')
