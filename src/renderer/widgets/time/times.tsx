import type { Instant } from '../../../model/ids.ts'
import { useNow } from '../../state/now.ts'
import { useZone } from '../../state/preferences.ts'
import { age, fullTime, lengthOfTime, shortTime } from './format.ts'

/** An instant in the console's zone; the pointer gets the whole of it. */
export function Time({ at }: { readonly at: Instant }) {
  const zone = useZone()
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at, zone)}>
      {shortTime(at, now, zone)}
    </time>
  )
}

/** How long ago, or how far ahead; keeps counting. */
export function Age({ at }: { readonly at: Instant }) {
  const zone = useZone()
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at, zone)}>
      {age(at, now)}
    </time>
  )
}

/** How long something took, or takes: it keeps counting while `until` is null. */
export function Lasted({ from, until }: { readonly from: Instant; readonly until: Instant | null }) {
  return until === null ? <Counting from={from} /> : <span>{lengthOfTime(until - from)}</span>
}

function Counting({ from }: { readonly from: Instant }) {
  const now = useNow()
  return <span>{lengthOfTime(Math.floor(Math.max(0, now - from) / 1_000) * 1_000)}</span>
}
