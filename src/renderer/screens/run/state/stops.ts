/** Checkpoints of a kind that somebody looks for among thousands. */
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Instant } from '../../../../model/ids.ts'
import { firstPlace } from '../../../state/sorted.ts'
import type { View } from './view.ts'

export type Stop = 'error' | 'loop' | 'decision'

type Seen = Pick<View, 'line' | 'detail' | 'chosen'>

/** The number of the next one after the moment that is shown, or of the last one before it. */
export function stopBeside(stop: Stop, view: Seen, direction: 1 | -1): number | undefined {
  const numbers = stopsOf(stop, view)
  const from = view.chosen?.number ?? Infinity
  return direction === 1 ? numbers.find((number) => number > from) : numbers.findLast((number) => number < from)
}

/** That there is none that way, in words: what is not, and what there is. */
export function noStop(stop: Stop, view: Seen, direction: 1 | -1): readonly [title: string, description: string] {
  const [way, other] = direction === 1 ? ['later', 'earlier'] : ['earlier', 'later']
  const count = stopsOf(stop, view).filter((number) => number !== view.chosen?.number).length
  const rest = count === 0 ? `and no ${other} one` : `${count} ${other}`
  return [`No ${way} ${stop} on this branch`, `From here there is none ${way}, ${rest}.`]
}

/** In their order. */
export function stopsOf(stop: Stop, view: Seen): readonly number[] {
  return [...new Set(finders[stop](view))].toSorted((one, other) => one - other)
}

type Finder = (view: Seen) => readonly number[]

const finders: Readonly<Record<Stop, Finder>> = {
  /** Where something failed, and what was made of it. */
  error: ({ line, detail }) => [
    ...numbersOf(line.filter((each) => each.type === 'error_recovery' || factsOf(each).some(({ status }) => status === 'failed'))),
    ...detail.attempts.flatMap(({ failure, endedAt }) => (failure === null || endedAt === null ? [] : upTo(line, endedAt))),
  ],
  /** Where a step was to be passed once more. That a branch begins with it is no loop. */
  loop: ({ line }) =>
    numbersOf(
      line.filter(
        (each) => each.type !== 'step_start' && factsOf(each).some(({ status, iteration }) => status === 'pending' && iteration > 1),
      ),
    ),
  /** Where a person was asked, and what came of the answer. */
  decision: ({ line, detail }) =>
    detail.decisions.flatMap(({ openedAt, closedAt }) => [...upTo(line, openedAt), ...(closedAt === null ? [] : from(line, closedAt))]),
}

const numbersOf = (checkpoints: readonly Checkpoint[]): readonly number[] => checkpoints.map(({ number }) => number)

const factsOf = ({ changes }: Checkpoint) => changes.flatMap((change) => ('fact' in change ? [change.fact] : []))

/** The moment that the run had come to. Sought by halves, as the first one from then on is: there may be thousands of either. */
function upTo(line: readonly Checkpoint[], instant: Instant): readonly number[] {
  const place = firstPlace(line, ({ at }) => at > instant)
  return numbersOf(line.slice(Math.max(0, place - 1), place))
}

function from(line: readonly Checkpoint[], instant: Instant): readonly number[] {
  const place = firstPlace(line, ({ at }) => at >= instant)
  return numbersOf(line.slice(place, place + 1))
}
