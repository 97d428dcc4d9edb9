import { memo, useMemo } from 'react'
import { useZone } from '../../state/preferences.ts'
import { clockTime, exactTime, lengthOfTime } from '../time/format.ts'
import { lengthOf, type Scale } from './scale.ts'
import { axisOf } from './ticks.ts'

/** A narrower gap has no room for how long it was. */
const nameable = 30

export const TimelineAxis = memo(function TimelineAxis({ scale }: { readonly scale: Scale }) {
  const zone = useZone()
  const { ticks, step } = useMemo(() => axisOf(scale), [scale])
  const name = step < 1_000 ? exactTime : clockTime
  const gaps = scale.pieces.filter(({ gap, width }) => gap && width >= nameable)
  return (
    <>
      {ticks.map(({ at, x }) => (
        <span key={at} className="tick" style={{ left: x }}>
          {name(at, zone)}
        </span>
      ))}
      {gaps.map((piece) => (
        <span
          key={piece.from}
          className="left-out"
          style={{ left: piece.x, width: piece.width }}
          title={`nothing happened for ${lengthOfTime(lengthOf(piece))}`}
        >
          {roughly(lengthOfTime(lengthOf(piece)))}
        </span>
      ))}
    </>
  )
})

/** Its largest unit: `30 min` of `30 min 23 s`. */
const roughly = (length: string): string => length.split(' ').slice(0, 2).join(' ')

/** Where time is left out: a broken band through all rows. */
export const TimelineGaps = memo(function TimelineGaps({ scale }: { readonly scale: Scale }) {
  return scale.pieces
    .filter(({ gap }) => gap)
    .map(({ from, x, width }) => <span key={from} className="gap" style={{ left: x, width }} />)
})
