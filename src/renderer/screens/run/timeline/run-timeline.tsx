import { memo, useCallback, useMemo } from 'react'
import { StepId } from '../../../../model/ids.ts'
import { useZone } from '../../../state/preferences.ts'
import { exactTime } from '../../../widgets/time/format.ts'
import { counted } from '../../../widgets/text/counted.ts'
import { MarkShape } from '../../../widgets/timeline/mark-shape.tsx'
import { markLook } from '../../../widgets/timeline/mark-look.ts'
import { Timeline } from '../../../widgets/timeline/timeline.tsx'
import { useSelect, useSelection } from '../state/selection.ts'
import { useMoves } from '../state/moves.ts'
import { type Removed, removedOn, spansOf } from '../state/removed-on.ts'
import { useView, type View } from '../state/view.ts'
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
  const types = useMemo(() => new Set(marks.map(({ type }) => type)), [marks])
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
        <h2>Timeline</h2>
        <Legend types={types} />
        <RemovedPart removed={removed} />
        <Place moment={moment} line={line} />
      </header>
      <Timeline
        rows={rows}
        marks={marks}
        from={detail.record.createdAt}
        until={detail.record.endedAt}
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

const Legend = memo(function Legend({ types }: { readonly types: ReadonlySet<keyof typeof markLook> }) {
  return (
    <ul className="legend">
      {[...types].map((type) => (
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

/** Which checkpoint is looked at, of how many. */
function Place({ moment, line }: Pick<View, 'line'> & { readonly moment: View['chosen'] }) {
  const zone = useZone()
  if (moment === undefined) return <span className="place mono">{counted(line.length, 'checkpoint')}</span>
  return (
    <span className="place mono">
      checkpoint {moment.number} of {line.at(-1)?.number} · {exactTime(moment.at, zone)}
    </span>
  )
}
