import { useMemo } from 'react'
import { useZone } from '../../state/preferences.ts'
import { clockTime, exactTime, lengthOfTime } from '../time/format.ts'
import { lengthOf, type Scale } from './scale.ts'
import { axisOf } from './ticks.ts'

export function TimelineAxis({ scale }: { readonly scale: Scale }) {
  const zone = useZone()
  const { ticks, step } = useMemo(() => axisOf(scale), [scale])
  const name = step < 1_000 ? exactTime : clockTime
  return ticks.map(({ at, x }) => (
    <span key={at} className="tick" style={{ left: x }}>
      {name(at, zone)}
    </span>
  ))
}

/** Where time is left out: a broken band through all rows, with how long it was. */
export function TimelineGaps({ scale }: { readonly scale: Scale }) {
  return scale.pieces
    .filter(({ gap }) => gap)
    .map((piece) => (
      <span key={piece.from} className="gap" style={{ left: piece.x, width: piece.width }}>
        <span className="length">{lengthOfTime(lengthOf(piece))}</span>
      </span>
    ))
}
