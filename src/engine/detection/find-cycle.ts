import type { Cycle } from '../../model/cycle.ts'
import type { StepId } from '../../model/ids.ts'
import type { LoopRules } from '../../model/policy/loop-rules.ts'
import { type Came, periodOf, returns } from './repetition.ts'

/** What a run has been through, and the loop that it is about to go back by. */
export interface Way {
  /** Of the newest pass. */
  readonly iteration: number
  /** Up to so many of the passes that completed last, oldest first. The newest is that of the step which sends the run back. */
  readonly newest: (count: number) => readonly Came[]
  /** Steps that the loop goes over. */
  readonly over: (step: StepId) => boolean
  /** Steps that let time go by: around them, a loop asks whether the world has changed. */
  readonly waits: (step: StepId) => boolean
}

type Found = Omit<Cycle, 'to'>

/** The circle that the run is in, by the rules; undefined where it gets on. What a loop polls for is given more time. */
export function findCycle(way: Way, { window, max_repeats, max_polls }: LoopRules): Found | undefined {
  const least = Math.min(max_repeats, max_polls)
  const found = search(way, window, least)
  if (found === undefined) return undefined
  const polls = found.steps.some(way.waits)
  const most = polls ? max_polls : max_repeats
  return most === least ? found : search(way, polls ? found.steps.length * most : window, most)
}

/** As often as something has to come, the newest step has to have come itself: before that, nothing is read back. */
function search({ iteration, newest, over }: Way, window: number, times: number): Found | undefined {
  if (iteration < times) return undefined
  const passes = newest(window)
  if (passes.length < times) return undefined
  const period = periodOf(passes, times)
  if (period !== undefined) return told(passes, 'pattern', times, passes.length - times * period, period)
  const places = returns(passes, over)
  const [since, before] = [places.at(-times), places.at(-2)]
  if (since === undefined || before === undefined) return undefined
  return told(passes, 'state', times, since, passes.length - 1 - before)
}

function told(passes: readonly Came[], by: Cycle['by'], repeats: number, since: number, period: number): Found | undefined {
  const first = passes[since]
  if (first === undefined) return undefined
  const { step, iteration } = first
  return { by, steps: passes.slice(-period).map((pass) => pass.step), repeats, since: { step, iteration } }
}
