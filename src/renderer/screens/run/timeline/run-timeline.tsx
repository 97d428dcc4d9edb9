import { useCallback, useMemo } from 'react'
import { StepId } from '../../../../model/ids.ts'
import { useZone } from '../../../state/preferences.ts'
import { exactTime } from '../../../widgets/time/format.ts'
import { MarkShape } from '../../../widgets/timeline/mark-shape.tsx'
import { markLook } from '../../../widgets/timeline/mark-look.ts'
import { Timeline } from '../../../widgets/timeline/timeline.tsx'
import { useCalmly } from '../state/calm.ts'
import { useSelect, useSelection } from '../state/selection.ts'
import { useMoves } from '../state/moves.ts'
import { attemptKey, attemptOfKey, rowsOf } from './rows.ts'
import { markOf } from './mark-of.ts'
import './run-timeline.css'

/** When the run did what, and the checkpoints that it left. */
export function RunTimeline() {
  const detail = useCalmly(({ run }) => run.detail)
  const checkpoints = useCalmly((known) => known.checkpoints)
  const selection = useSelection()
  const select = useSelect()
  const move = useMoves()
  const rows = useMemo(() => rowsOf(detail), [detail])
  const marks = useMemo(() => checkpoints.map(markOf), [checkpoints])
  const types = useMemo(() => new Set(marks.map(({ type }) => type)), [marks])
  const { step, iteration, attempt, checkpoint } = selection
  const segment = iteration === undefined || attempt === undefined ? undefined : attemptKey({ iteration, attempt })
  const chosen = useMemo(() => ({ row: step, segment, mark: checkpoint }), [step, segment, checkpoint])

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
        <Place />
      </header>
      <Timeline
        rows={rows}
        marks={marks}
        from={detail.record.createdAt}
        until={detail.record.endedAt}
        chosen={chosen}
        onRow={onRow}
        onMark={move.toCheckpoint}
        onMove={move.by}
      />
    </section>
  )
}

function Legend({ types }: { readonly types: ReadonlySet<keyof typeof markLook> }) {
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
}

/** Which checkpoint is looked at, of how many. */
function Place() {
  const zone = useZone()
  const { checkpoint } = useSelection()
  const checkpoints = useCalmly((known) => known.checkpoints)
  const chosen = checkpoints.find(({ number }) => number === checkpoint)
  if (chosen === undefined) return <span className="place mono">{checkpoints.length} checkpoints</span>
  return (
    <span className="place mono">
      checkpoint {chosen.number} of {checkpoints.at(-1)?.number} · {exactTime(chosen.at, zone)}
    </span>
  )
}
