import { TimelineAxis, TimelineGaps } from './timeline-axis.tsx'
import type { TimelineProps } from './timeline-props.ts'
import { TimelineRows } from './timeline-rows.tsx'
import { TimelineTrack } from './timeline-track.tsx'
import { useHorizon } from './horizon.ts'
import { useGrowing } from './use-growing.ts'
import { useScale } from './use-scale.ts'
import { useWidth } from './use-width.ts'
import './timeline.css'

/** What ran when: a row for each step, the moments that were kept beneath, all on one measure of time. */
export function Timeline({ rows, marks, from, until, chosen, onRow, onMark, onMove }: TimelineProps) {
  const [plot, width] = useWidth<HTMLDivElement>()
  const present = useGrowing(until === null)
  const last = marks.at(-1)?.at ?? from
  const now = until ?? Math.max(present, last)
  const horizon = useHorizon(from, until, now)
  const scale = useScale({ rows, marks }, { from, until: horizon }, width)
  const line = marks.find(({ number }) => number === chosen.mark)

  return (
    <div className="timeline-plot">
      <div className="axis">
        <span className="corner" />
        <div className="plot" ref={plot}>
          <TimelineAxis scale={scale} />
        </div>
      </div>
      <div className="behind" aria-hidden>
        <TimelineGaps scale={scale} />
        {line !== undefined && <span className="line" style={{ left: scale.at(line.at) }} />}
      </div>
      <TimelineRows rows={rows} scale={scale} now={now} chosen={chosen} onRow={onRow} onMove={onMove} />
      <TimelineTrack marks={marks} scale={scale} chosen={chosen.mark} onMark={onMark} onMove={onMove} />
    </div>
  )
}
