/**
 * Whether a run goes round in a circle, as far as the passes that it has completed tell.
 *
 * Invariants:
 * 1. A pass counts by its step and by what it came to. A loop that gets on puts out something that it has not put out before,
 *    and never repeats.
 * 2. What is found ends with the newest pass: a circle that the run has left is none.
 * 3. What is found has come `times` times, and none that is shorter has.
 *
 * Both functions take time and space in proportion to the passes that they are given.
 */
import type { StepId } from '../../model/ids.ts'

/** A pass that completed. */
export interface Came {
  readonly step: StepId
  readonly iteration: number
  /** Names what it came to: the same where that is equal, and only there. */
  readonly to: string
}

/**
 * The least number of passes that, over and over, make up the last `times` times as many: the same steps, which came to the
 * same, in the same order. Undefined where there is none.
 */
export function periodOf(passes: readonly Came[], times: number): number | undefined {
  const alike = lengthsAlike(passes.toReversed())
  const most = Math.floor(passes.length / times)
  for (let period = 1; period <= most; period += 1) if ((alike[period] ?? 0) >= (times - 1) * period) return period
  return undefined
}

/** For each place, how many passes from there on are those that the list begins with (known as the Z function). */
function lengthsAlike(passes: readonly Came[]): readonly number[] {
  const alike = [passes.length]
  const areSame = (one: number, other: number): boolean => {
    const [a, b] = [passes[one], passes[other]]
    return a !== undefined && b !== undefined && a.to === b.to && a.step === b.step
  }
  // From `left` up to `right` lies the stretch, of those found so far, that reaches furthest and is as the beginning.
  for (let [place, left, right] = [1, 0, 0]; place < passes.length; place += 1) {
    let length = place < right ? Math.min(right - place, alike[place - left] ?? 0) : 0
    while (areSame(length, place + length)) length += 1
    if (place + length > right) [left, right] = [place, place + length]
    alike.push(length)
  }
  return alike
}

/**
 * Where the newest step stood as it stands now, each place by the number of its pass: what every step came to last is the same,
 * and so are the steps that completed since it had come to its end before. `over` tells steps that its loop goes over; no
 * others are asked of for the latter.
 */
export function returns(passes: readonly Came[], over: (step: StepId) => boolean): readonly number[] {
  const newest = passes.at(-1)
  const present = new Map(passes.map(({ step, to }) => [step, to]))
  const asNow = new Set<StepId>()
  const places: number[] = []
  let lap = new Set<StepId>()
  const laps: ReadonlySet<StepId>[] = []
  passes.forEach(({ step, to }, place) => {
    if (present.get(step) === to) asNow.add(step)
    else asNow.delete(step)
    if (over(step)) lap.add(step)
    if (step !== newest?.step) return
    if (asNow.size === present.size) {
      places.push(place)
      laps.push(lap)
    }
    lap = new Set()
  })
  const last = laps.at(-1)
  return places.filter((_, index) => laps[index]?.symmetricDifference(last ?? lap).size === 0)
}
