import { ReactFlowProvider } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { Callout } from '../feedback/callout.tsx'
import { useFolding } from './folding.ts'
import { GraphCanvas } from './graph-canvas.tsx'
import { graphOf } from './graph-of.ts'
import type { WorkflowGraphProps } from './graph-props.ts'
import { createGraphStore, GraphStoreContext } from './graph-store.ts'
import { overlayOf } from './overlay.ts'
import { useLayout } from './use-layout.ts'
import { useOverlay } from './use-overlay.ts'
import './workflow-graph.css'

/** The graph of a workflow, and the path that a run took through it. */
export function WorkflowGraph(props: WorkflowGraphProps) {
  const { manifest, run, selected, small = false } = props
  const [store] = useState(createGraphStore)
  const graph = useMemo(() => graphOf(manifest), [manifest])
  const folding = useFolding(graph, selected, () => (run === undefined ? new Map() : overlayOf(graph.steps.values(), run)))
  const { placed, failure } = useLayout(folding.view)
  useOverlay(store, graph, placed?.view, run)
  return (
    <section className={small ? 'workflow-graph small' : 'workflow-graph'} aria-label={props.label}>
      {failure !== undefined && (
        <Callout tone="failure" title="The graph could not be laid out">
          {failure}
        </Callout>
      )}
      {placed !== undefined && (
        <GraphStoreContext value={store}>
          <ReactFlowProvider>
            <GraphCanvas {...props} small={small} placed={placed} folding={folding} store={store} />
          </ReactFlowProvider>
        </GraphStoreContext>
      )}
    </section>
  )
}
