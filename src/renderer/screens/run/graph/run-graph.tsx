import { History } from 'lucide-react'
import { memo, useMemo } from 'react'
import { useZone } from '../../../state/preferences.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { WorkflowGraph } from '../../../widgets/graph/workflow-graph.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { markLook } from '../../../widgets/timeline/mark-look.ts'
import { useFollowed } from '../state/following.ts'
import { armsOf } from '../state/arms.ts'
import { useMoves } from '../state/moves.ts'
import { branchInWords } from '../state/on-branch.ts'
import { factsAt } from '../state/past.ts'
import { useSelect, useSelection } from '../state/selection.ts'
import { underWayAt } from '../state/under-way.ts'
import { useLiveView, useView, type View } from '../state/view.ts'
import './run-graph.css'

/** The definition with the path that the run took; as it was where a checkpoint or another branch is chosen. */
export function RunGraph() {
  const view = useLiveView()
  const { line, chosen, isMoment, isPresent } = view
  const { manifest, steps, attempts, decisions, record } = view.detail
  const progress = useFollowed(({ run }) => run.progress)
  const { step } = useSelection()
  const select = useSelect()
  // A branch that was left is drawn as its rows have it, with what was tried and how long it took.
  // The past of a run that goes on is put in order no more often than the inspector does.
  const { detail: calm } = useView()
  const at = useMemo(() => {
    if (!isMoment || chosen === undefined) return undefined
    const underWay = underWayAt(calm, chosen.at).map((each) => ({ ...each, isUndone: each.what === 'was being undone' }))
    return { facts: factsAt(line, chosen.number), underWay }
  }, [isMoment, line, chosen, calm])
  const loops = useMemo(() => (isPresent ? record.loops : loopsAt(line)), [isPresent, record.loops, line])
  const toBeArmed = useMemo(() => new Set(armsOf(decisions).map((decision) => decision.step)), [decisions])
  const run = useMemo(
    () => ({ steps, attempts, progress, loops, toBeArmed, at }),
    [steps, attempts, progress, loops, toBeArmed, at],
  )
  return (
    <div className="run-graph">
      <WorkflowGraph
        manifest={manifest}
        run={run}
        selected={step ?? null}
        onSelect={(one) => select({ step: one ?? undefined, iteration: undefined, attempt: undefined })}
        onOpen={(one) => select({ step: one, iteration: undefined, attempt: undefined, tab: 'step' })}
        label={`Graph of ${record.workflow}`}
      />
      <Past view={view} />
    </div>
  )
}

/** How often each step had sent the run back at the last moment of a branch. */
function loopsAt(line: View['line']): Readonly<Record<string, number>> {
  const facts = factsAt(line, line.at(-1)?.number ?? -1)
  return Object.fromEntries(Object.entries(facts).map(([step, { loops = 0 }]) => [step, loops]))
}

const clock = <History size={14} aria-hidden />

/** Says that the graph shows a moment that is over, or a branch that was left. */
function Past({ view: { chosen, branch, branches, isPresent, isMoment } }: { readonly view: View }) {
  const zone = useZone()
  if (chosen === undefined) return null
  const name = branchInWords(branches.find(({ number }) => number === branch) ?? { number: branch })
  const of = chosen.step === null ? markLook[chosen.type].word : `of ${chosen.step}`
  return (
    <div className="past" role="status">
      {clock}
      <span>
        {isMoment ? `As it was at checkpoint ${chosen.number}, ${of}` : `As ${name} was left`}
        {isMoment && !isPresent && ` · ${name}`} · <span className="mono">{exactTime(chosen.at, zone)}</span>
      </span>
      <WaysOut />
    </div>
  )
}

/** Apart: they are the same at every moment. */
const WaysOut = memo(function WaysOut() {
  const moves = useMoves()
  const select = useSelect()
  return (
    <>
      <Button tone="quiet" keys="b" onPress={() => select({ tab: 'restore' })}>
        Restore…
      </Button>
      <Button tone="quiet" keys="Escape" onPress={moves.toNow}>
        Back to now
      </Button>
    </>
  )
})
