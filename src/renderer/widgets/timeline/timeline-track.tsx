import { type KeyboardEvent, memo, type PointerEvent, useMemo } from 'react'
import { useZone } from '../../state/preferences.ts'
import { exactTime } from '../time/format.ts'
import { markLook } from './mark-look.ts'
import { MarkShape } from './mark-shape.tsx'
import { type Mark, nextAt, type PlacedMark, placeMarks } from './marks.ts'
import type { Scale } from './scale.ts'
import type { TimelineProps } from './timeline-props.ts'

interface TimelineTrackProps extends Pick<TimelineProps, 'marks' | 'onMark' | 'onMove'> {
  readonly scale: Scale
  readonly chosen: number | undefined
}

/** How far from a mark a press still means it, in pixels. */
const reach = 14
const steps: Readonly<Partial<Record<string, number>>> = { ArrowLeft: -1, ArrowRight: 1 }

/** The checkpoints as a slider: arrows go through all of them, a press takes the nearest. */
export const TimelineTrack = memo(function TimelineTrack({ marks, scale, chosen, onMark, onMove }: TimelineTrackProps) {
  const zone = useZone()
  const places = useMemo(() => placeMarks(marks, scale), [marks, scale])
  const index = marks.findIndex(({ number }) => number === chosen)
  const mark = marks[index]

  const press = (event: PointerEvent<HTMLDivElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const near = places.toSorted((one, other) => Math.abs(one.x - x) - Math.abs(other.x - x))[0]
    if (near !== undefined && Math.abs(near.x - x) <= reach) onMark(nextAt(near, chosen).number)
  }

  const turn = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? undefined : steps[event.key]
    if (by === undefined) return
    event.preventDefault()
    onMove({ marks: by })
  }

  return (
    <div className="track">
      <span className="corner">Checkpoints</span>
      <div
        className="plot"
        role="slider"
        tabIndex={0}
        aria-label="Checkpoint"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, marks.length - 1)}
        aria-valuenow={index < 0 ? Math.max(0, marks.length - 1) : index}
        aria-valuetext={mark === undefined ? 'now' : `${nameOf(mark)}, ${exactTime(mark.at, zone)}`}
        onPointerDown={press}
        onKeyDown={turn}
      >
        <Marks places={places} />
        {mark !== undefined && (
          <span className="mark chosen" style={{ left: scale.at(mark.at) }}>
            <MarkShape type={mark.type} />
          </span>
        )}
      </div>
    </div>
  )
})

/** Apart, so that moving the choice through thousands draws the choice alone. */
const Marks = memo(function Marks({ places }: { readonly places: readonly PlacedMark[] }) {
  const zone = useZone()
  return places.map((place) => (
    <span key={place.marks[0]?.number} className="mark" style={{ left: place.x }} title={titleOf(place.marks, zone)}>
      <MarkShape type={place.mark.type} />
    </span>
  ))
})

const nameOf = ({ number, type, title }: Mark): string => `checkpoint ${number}, ${markLook[type].word}, ${title}`

/** So many are named of those that stand at one place. */
const mostNamed = 8

function titleOf(marks: readonly Mark[], zone: string): string {
  const [only] = marks
  if (only !== undefined && marks.length === 1) return `${nameOf(only)} · ${exactTime(only.at, zone)}`
  const named = marks.slice(0, mostNamed).map(nameOf)
  return (marks.length > mostNamed ? [...named, `and ${marks.length - mostNamed} more`] : named).join('\n')
}
