import { useEffect, useEffectEvent, useRef } from 'react'
import type { Instant } from '../../../model/ids.ts'
import { useStable } from '../../state/stable.ts'
import { numbered } from '../../state/sorted.ts'
import { TimelineAxis, TimelineGaps } from './timeline-axis.tsx'
import type { TimelineProps } from './timeline-props.ts'
import { TimelineRows } from './timeline-rows.tsx'
import { TimelineTrack } from './timeline-track.tsx'
import { useHorizon } from './horizon.ts'
import { useHands } from './use-hands.ts'
import { useGrowing } from './use-growing.ts'
import { useScale } from './use-scale.ts'
import { useWidth } from './use-width.ts'
import { useZoom } from './use-zoom.ts'
import { ZoomTools } from './zoom-tools.tsx'
import './timeline.css'

/** What ran when: a row for each step, the moments that were kept beneath, all on one measure of time. */
export function Timeline({ rows, marks, damaged, from, until, chosen, present: word, onRow, onMark, onNear, onScrub, onMove }: TimelineProps) {
  const [plot, width] = useWidth<HTMLDivElement>()
  const present = useGrowing(until === null)
  const last = marks.at(-1)?.at ?? from
  const now = until ?? Math.max(present, last)
  const horizon = useHorizon(from, until, now)
  const whole = useScale({ rows, marks }, { from, until: horizon }, width)
  const control = useZoom(whole)
  const { scale, isWhole } = control
  const around = useRef<HTMLDivElement>(null)
  useHands(around, plot, control)
  const moment = numbered(marks, chosen.mark)?.at
  const reveal = useEffectEvent((instant: Instant) => {
    if (!isWhole) control.reveal(instant)
  })
  useEffect(() => {
    if (moment !== undefined) reveal(moment)
  }, [moment])
  const line = moment === undefined ? undefined : scale.at(moment)
  const isInSight = line !== undefined && line >= 0 && line <= width
  const about = useStable(() => (isInSight ? line : width / 2))

  return (
    <div className={isWhole ? 'timeline-plot' : 'timeline-plot zoomed'} ref={around}>
      <div className="axis">
        <span className="corner">
          <ZoomTools control={control} about={about} />
        </span>
        <div className="plot" ref={plot}>
          <TimelineAxis scale={scale} />
          {!isWhole && <Seen from={whole.at(scale.from)} until={whole.at(scale.until)} />}
        </div>
      </div>
      <div className="behind" aria-hidden>
        <TimelineGaps scale={scale} />
      </div>
      <TimelineRows {...{ rows, scale, now, onRow, onMove }} chosen={chosen.row} segment={chosen.segment} />
      <TimelineTrack
        marks={marks}
        damaged={damaged}
        scale={scale}
        now={now}
        chosen={chosen.mark}
        against={chosen.against}
        present={word}
        onMark={onMark}
        onNear={onNear}
        onScrub={onScrub}
        onMove={onMove}
      />
    </div>
  )
}

/** Which part of the whole is seen, in pixels from the left of the whole. */
function Seen({ from, until }: { readonly from: number; readonly until: number }) {
  return <span className="seen" style={{ left: from, width: Math.max(2, until - from) }} aria-hidden />
}
