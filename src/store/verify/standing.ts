/**
 * What is damaged after a look, of what was before and what the look found.
 *
 * Invariants:
 * 1. What was found stands until its own check has looked at it once more and passed; or, where there is no such thing any more, until a look
 *    at its place has met no damage there at all. Not to be found again is not to be mended: damage hides damage.
 * 2. What was told of is told to be mended then and no sooner, though another finding says it by now, or its run needs it no more.
 */
import { isOfRevision, keyOf } from '../../model/integrity.ts'
import { checkedBy } from './checked-by.ts'
import type { Found } from './findings.ts'
import type { Place } from './place.ts'
import type { Leg } from './round.ts'

/** What is damaged now; those that have waited longest to be looked at again come first. */
export function standing(before: readonly Found[], legs: readonly Leg[]): Found[] {
  const found = new Map(legs.flatMap((leg) => leg.found).map((each) => [keyOf(each), each]))
  const whole = new Set(legs.flatMap((leg) => leg.whole))
  const isAmong = (places: readonly Place[]): ((each: Found) => boolean) => {
    const all = new Set(places.map((place) => JSON.stringify(place)))
    return ({ place }) => all.has(JSON.stringify(place))
  }
  const isClear = isAmong(legs.flatMap((leg) => leg.clear))
  const isLookedAt = isAmong(legs.flatMap((leg) => leg.again))
  const isMended = (each: Found): boolean => whole.has(checkedBy(each)) || (!isOfRevision(each) && isClear(each))
  const left = before.filter((each) => !found.has(keyOf(each)) && !isMended(each)).toSorted((a, b) => Number(isLookedAt(a)) - Number(isLookedAt(b)))
  const isDamagedCode = new Set([...found.values()].filter(isOfRevision).map(({ key }) => key))
  // It was looked at just now, and its run is not among those that cannot go on without it.
  const stays = left.map((each) => (isOfRevision(each) && isDamagedCode.has(each.key) ? silenced(each) : each))
  return listedOnce(before, [...stays, ...found.values()])
}

/** What is listed of a run is not listed once more of nobody. */
function listedOnce(before: readonly Found[], all: readonly Found[]): Found[] {
  const known = new Map(before.map((each) => [keyOf(each), each]))
  const named = new Set(all.flatMap(({ object, key, run, silent }) => (run === null || silent !== undefined ? [] : [`${object} ${key}`])))
  return all.flatMap((each) => {
    const was = known.get(keyOf(each))
    if (each.silent === 'counted' && was !== undefined) return [{ ...each, silent: was.silent ?? 'told' }]
    if (each.run !== null || !named.has(`${each.object} ${each.key}`)) return [each]
    return was === undefined ? [] : [silenced(each)]
  })
}

function silenced(found: Found): Found {
  return { ...found, silent: found.silent ?? 'told' }
}
