import { type KeyboardEvent, memo, useMemo } from 'react'
import type { Instant } from '../../../model/ids.ts'
import { numbered, placeUpTo } from '../../state/sorted.ts'
import { useZone } from '../../state/preferences.ts'
import { exactTime } from '../time/format.ts'
import { markLook } from './mark-look.ts'
import { MarkShape, MarkShapes } from './mark-shape.tsx'
import { type DamagedMark, type Mark, type PlacedMark, placeMarks } from './marks.ts'
import type { Scale } from './scale.ts'
import type { TimelineProps } from './timeline-props.ts'
import { useScrub } from './use-scrub.ts'

interface TimelineTrackProps extends Pick<TimelineProps, 'marks' | 'damaged' | 'present' | 'onMark' | 'onNear' | 'onScrub' | 'onMove'> {
  readonly scale: Scale
  readonly now: Instant
  readonly chosen: number | undefined
  readonly against: number | undefined
}

/** Of all marks, how many a page is. */
const pages = 20
const arrows: Readonly<Partial<Record<string, number>>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }

/** The checkpoints, and the playhead over them: a slider whose last place is the present. */
export const TimelineTrack = memo(function TimelineTrack(props: TimelineTrackProps) {
  const { marks, damaged, scale, now, chosen, against, present, onMark, onNear, onMove } = props
  const zone = useZone()
  const places = useMemo(() => placeMarks(marks, scale), [marks, scale])
  const hand = useScrub(props, places)
  const mark = numbered(marks, chosen)
  const other = numbered(marks, against)

  const turn = (event: KeyboardEvent): void => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.round(marks.length / pages))
    const by = { ...arrows, PageDown: -page, PageUp: page }[event.key]
    if (by !== undefined) onMove({ marks: by })
    else if (event.key === 'Home') onMark(marks[0]?.number)
    else if (event.key === 'End') onMark(undefined)
    else return
    event.preventDefault()
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
        aria-valuemax={marks.length}
        aria-valuenow={mark === undefined ? marks.length : placeUpTo(marks, mark.number)}
        aria-valuetext={mark === undefined ? present : `${nameOf(mark)}, ${exactTime(mark.at, zone)}`}
        onKeyDown={turn}
        onFocus={() => onNear(true)}
        onBlur={() => onNear(false)}
        onPointerEnter={() => onNear(true)}
        onPointerLeave={() => onNear(false)}
        {...hand}
      >
        <Marks places={places} />
        <Damaged marks={damaged} scale={scale} />
        {other !== undefined && <span className="mark against" style={{ left: scale.at(other.at) }} aria-hidden />}
        <span className={mark === undefined ? 'playhead present' : 'playhead'} style={across(scale.at(mark?.at ?? now))}>
          <span className="handle" />
          {mark !== undefined && (
            <>
              <span className="line" />
              <span className="mark chosen">
                <MarkShape type={mark.type} />
              </span>
            </>
          )}
        </span>
      </div>
    </div>
  )
})

/** What moves at every frame is moved, not laid out anew: all of it at once, since the browser pays in every frame for each that moves. */
const across = (x: number) => ({ translate: `${x}px` })

/** Apart, so that moving the choice through thousands draws the choice alone. */
const Marks = memo(function Marks({ places }: { readonly places: readonly PlacedMark[] }) {
  const zone = useZone()
  return (
    <>
      <MarkShapes of={places.map(({ x, mark: { type } }) => ({ x, type }))} />
      {places.map((place) => (
        <span key={place.marks[0]?.number} className="mark" style={{ left: place.x }} title={titleOf(place.marks, zone)} />
      ))}
    </>
  )
})

/** Those that can be chosen are taken by whoever presses here. */
const Damaged = memo(function Damaged({ marks, scale }: { readonly marks: readonly DamagedMark[]; readonly scale: Scale }) {
  const placed = marks.map(({ number, at }) => ({ number, x: scale.at(at) })).filter(({ x }) => x >= 0 && x <= scale.width)
  return (
    <>
      <MarkShapes of={placed.map(({ x }) => ({ x, type: 'damaged' }))} />
      {placed.map(({ number, x }) => (
        <span key={number} className="mark" style={{ left: x }} title={`checkpoint ${number} is damaged: it cannot be gone back to`} />
      ))}
    </>
  )
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
