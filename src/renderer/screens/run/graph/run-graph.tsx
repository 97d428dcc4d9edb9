import { History } from 'lucide-react'
import { useMemo } from 'react'
import { useZone } from '../../../state/preferences.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { WorkflowGraph } from '../../../widgets/graph/workflow-graph.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { markLook } from '../../../widgets/timeline/mark-look.ts'
import { useFollowed } from '../state/following.ts'
import { useMoves } from '../state/moves.ts'
import { stateAt } from '../state/past.ts'
import { useSelect, useSelection } from '../state/selection.ts'
import './run-graph.css'

/** The definition with the path that the run took; as it was where a checkpoint is chosen. */
export function RunGraph() {
  const { manifest, steps, attempts, record } = useFollowed(({ run }) => run.detail)
  const progress = useFollowed(({ run }) => run.progress)
  const checkpoints = useFollowed((known) => known.checkpoints)
  const { step, checkpoint } = useSelection()
  const select = useSelect()
  const at = useMemo(
    () => (checkpoint === undefined ? undefined : stateAt(checkpoints, checkpoint).facts),
    [checkpoints, checkpoint],
  )
  const run = useMemo(
    () => ({ steps, attempts, progress, loops: record.loops, at }),
    [steps, attempts, progress, record.loops, at],
  )
  return (
    <div className="run-graph">
      <WorkflowGraph
        manifest={manifest}
        run={run}
        selected={step ?? null}
        onSelect={(chosen) => select({ step: chosen ?? undefined, iteration: undefined, attempt: undefined })}
        onOpen={(chosen) => select({ step: chosen, iteration: undefined, attempt: undefined, tab: 'step' })}
        label={`Graph of ${record.workflow}`}
      />
      <Past />
    </div>
  )
}

/** Says that the graph shows a moment that is over. */
function Past() {
  const zone = useZone()
  const moves = useMoves()
  const { checkpoint } = useSelection()
  const chosen = useFollowed(({ checkpoints }) => checkpoints.find(({ number }) => number === checkpoint))
  if (chosen === undefined) return null
  return (
    <div className="past" role="status">
      <History size={14} aria-hidden />
      <span>
        As it was at checkpoint {chosen.number} · {markLook[chosen.type].word}
        {chosen.step !== null && ` of ${chosen.step}`} · <span className="mono">{exactTime(chosen.at, zone)}</span>
      </span>
      <Button tone="quiet" keys="Escape" onPress={() => moves.toCheckpoint(undefined)}>
        Back to now
      </Button>
    </div>
  )
}
