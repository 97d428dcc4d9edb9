import { Link } from '@tanstack/react-router'
import { memo, useCallback, useMemo } from 'react'
import { StepId } from '../../../../model/ids.ts'
import { lastOf } from '../../../../model/views.ts'
import { useZone } from '../../../state/preferences.ts'
import { exactTime } from '../../../widgets/time/format.ts'
import { counted } from '../../../../model/counted.ts'
import { matterOf } from '../../../widgets/feedback/matter-of.ts'
import { MarkShape } from '../../../widgets/timeline/mark-shape.tsx'
import { markLook, type MarkType, markTypes } from '../../../widgets/timeline/mark-look.ts'
import type { DamagedMark, Mark } from '../../../widgets/timeline/marks.ts'
import { Timeline } from '../../../widgets/timeline/timeline.tsx'
import { useCalmly } from '../state/calm.ts'
import { damagedOn } from '../state/damaged-on.ts'
import { useSelect, useSelection } from '../state/selection.ts'
import { useMoves } from '../state/moves.ts'
import { type Removed, removedOn, spansOf } from '../state/removed-on.ts'
import { useView, type View } from '../state/view.ts'
import { damagedMarks } from './damaged-marks.ts'
import { attemptKey, attemptOfKey, rowsOf } from './rows.ts'
import { markOf } from './mark-of.ts'
import './run-timeline.css'

/** When the run did what, and the checkpoints that it left. */
export function RunTimeline() {
  const { detail, line, branch, branches, chosen: moment, isMoment, isPresent } = useView()
  const selection = useSelection()
  const select = useSelect()
  const move = useMoves()
  const rows = useMemo(() => rowsOf(detail), [detail])
  const marks = useMemo(() => line.map(markOf), [line])
  const removed = useMemo(() => removedOn(branches, branch), [branches, branch])
  const [all, unread] = [useCalmly((known) => known.damaged), useCalmly((known) => known.unread)]
  const numbers = useMemo(() => damagedOn(branches, branch, all), [branches, branch, all])
  const { createdAt, updatedAt, endedAt } = detail.record
  const damaged = useMemo(() => damagedMarks(line, numbers, createdAt, endedAt ?? updatedAt), [line, numbers, createdAt, endedAt, updatedAt])
  const types = useMemo(() => typesOf(marks, damaged), [marks, damaged])
  const { step, iteration, attempt, against } = selection
  const mark = isMoment ? moment?.number : undefined
  const segment = iteration === undefined || attempt === undefined ? undefined : attemptKey({ iteration, attempt })
  const chosen = useMemo(() => ({ row: step, segment, mark, against }), [step, segment, mark, against])

  const onRow = useCallback(
    (row: string, key?: string) => {
      const tried = key === undefined ? undefined : attemptOfKey(key)
      select({
        step: StepId.parse(row),
        iteration: tried?.iteration,
        attempt: tried?.attempt,
        ...(tried !== undefined && { tab: 'attempts' }),
      })
    },
    [select],
  )

  return (
    <section className="run-timeline" aria-label="Timeline">
      <header>
        {unread === null && <Place moment={moment} line={line} damaged={damaged} />}
        <h2>Timeline</h2>
        <DamagedPart damaged={damaged} unread={unread} />
        <RemovedPart removed={removed} />
        <Legend types={types} />
      </header>
      <Timeline
        rows={rows}
        marks={marks}
        damaged={damaged}
        from={createdAt}
        until={endedAt}
        chosen={chosen}
        onRow={onRow}
        present={isPresent ? 'now' : 'as it was left'}
        onMark={move.toCheckpoint}
        onNear={move.near}
        onScrub={move.hold}
        onMove={move.by}
      />
    </section>
  )
}

/** Those that stand in the track, each at its own place whichever came first. */
function typesOf(marks: readonly Mark[], damaged: readonly DamagedMark[]): readonly MarkType[] {
  const found = new Set<MarkType>(marks.map(({ type }) => type))
  if (damaged.length > 0) found.add('damaged')
  return markTypes.filter((type) => found.has(type))
}

const Legend = memo(function Legend({ types }: { readonly types: readonly MarkType[] }) {
  return (
    <ul className="legend" aria-label="Types of checkpoints">
      {types.map((type) => (
        <li key={type}>
          <MarkShape type={type} />
          {markLook[type].word}
        </li>
      ))}
    </ul>
  )
})

/** Says of a line of which a part is gone that it is, and why. */
const RemovedPart = memo(function RemovedPart({ removed }: { readonly removed: readonly Removed[] }) {
  const zone = useZone()
  const last = removed.at(-1)
  if (last === undefined) return null
  const why = `The settings keep no more of the past than max_${last.rule}. What only they held is gone with them.`
  return (
    <span className="removed clipped" title={`${exactTime(last.at, zone)}: ${why}`}>
      retention removed {spansOf(removed)}
    </span>
  )
})

interface DamagedPartProps {
  readonly damaged: readonly DamagedMark[]
  readonly unread: Error | null
}

/** Says which checkpoints of the line are damaged, or that none can be listed, and leads to what to do about that. */
const DamagedPart = memo(function DamagedPart({ damaged, unread }: DamagedPartProps) {
  const [only] = damaged
  if (unread !== null) {
    const { to, words } = matterOf(unread)
    return (
      <Link to={to} className="link clipped" data-tone="failure" title={unread.message}>
        Its checkpoints cannot be read: {words.toLowerCase()}
      </Link>
    )
  }
  if (only === undefined) return null
  const which = damaged.length === 1 ? `checkpoint ${only.number} is damaged` : `${damaged.length} checkpoints are damaged`
  const numbers = damaged.slice(0, mostNamed).map(({ number }) => number)
  const why = `${numbers.join(', ')}: none of them can be gone back to, and what they changed may be missing from the moments after them.`
  return (
    <Link to="/integrity" className="link clipped" data-tone="failure" title={why}>
      {which}
    </Link>
  )
})

/** Under the pointer so many are named. */
const mostNamed = 20

interface PlaceProps extends Pick<View, 'line'> {
  readonly moment: View['chosen']
  readonly damaged: readonly DamagedMark[]
}

/** Which checkpoint is looked at, of how many. */
function Place({ moment, line, damaged }: PlaceProps) {
  const zone = useZone()
  if (moment === undefined) return <span className="place mono">{counted(line.length + damaged.length, 'checkpoint')}</span>
  return (
    <span className="place mono">
      checkpoint {moment.number} of {lastOf({ checkpoints: line, damaged: damaged.map(({ number }) => number) })} · {exactTime(moment.at, zone)}
    </span>
  )
}
