import { ReactFlowProvider } from '@xyflow/react'
import { memo, useMemo, useState } from 'react'
import type { StepId } from '../../../model/ids.ts'
import { Callout } from '../feedback/callout.tsx'
import { useFolding } from './folding.ts'
import { GraphCanvas } from './graph-canvas.tsx'
import { graphOf } from './graph-of.ts'
import type { CanvasProps, WorkflowGraphProps } from './graph-props.ts'
import { createGraphStore, GraphStoreContext } from './graph-store.ts'
import { overlayOf } from './overlay.ts'
import { useLayout } from './use-layout.ts'
import { useOverlay } from './use-overlay.ts'
import { useStable } from '../../state/stable.ts'
import './workflow-graph.css'

/** The graph of a workflow, and the path that a run took through it. */
export function WorkflowGraph({ manifest, run, selected, onSelect, onOpen, label, small = false }: WorkflowGraphProps) {
  const [store] = useState(createGraphStore)
  const graph = useMemo(() => graphOf(manifest), [manifest])
  const folding = useFolding(graph, selected, () => (run === undefined ? new Map() : overlayOf(graph.steps.values(), run)))
  const { placed, failure } = useLayout(folding.view)
  const select = useStable(onSelect)
  const open = useStable((step: StepId) => onOpen?.(step))
  useOverlay(store, graph, placed?.view, run)
  return (
    <section className={['workflow-graph', small && 'small', run?.at !== undefined && 'still'].filter(Boolean).join(' ')} aria-label={label}>
      {failure !== undefined && (
        <Callout tone="failure" title="The graph could not be laid out">
          {failure}
        </Callout>
      )}
      {placed === undefined && failure === undefined && <p className="laying-out quiet">Drawing the graph…</p>}
      {placed !== undefined && (
        <Drawn
          {...{ manifest, selected, label, small, placed, folding, store }}
          hasRun={run !== undefined}
          onSelect={select}
          onOpen={open}
        />
      )}
    </section>
  )
}

/** Apart from the run, which is another at every moment: its parts hear of it through the store. */
const Drawn = memo(function Drawn(props: CanvasProps) {
  return (
    <GraphStoreContext value={props.store}>
      <ReactFlowProvider>
        <GraphCanvas {...props} />
      </ReactFlowProvider>
    </GraphStoreContext>
  )
})
