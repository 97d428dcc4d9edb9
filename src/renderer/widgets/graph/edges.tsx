import { useStore, ViewportPortal } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { shallow } from 'zustand/shallow'
import type { StepItem } from './collapse.ts'
import { useGraph } from './graph-store.ts'
import { edgesWithin, tilesInSight } from './in-sight.ts'
import type { PlacedEdge } from './layout.ts'
import type { Placed } from './use-layout.ts'
import { loopWords } from './words.ts'
import './edges.css'

/** The edges in sight, below the nodes. What they show is in words in the names of the nodes. */
export const Edges = memo(function Edges({ placed: { view, layout } }: { readonly placed: Placed }) {
  const steps = useMemo(
    () => new Map<string, StepItem>(view.items.flatMap((item) => (item.type === 'step' ? [[item.id, item]] : []))),
    [view],
  )
  const seen = useStore(({ transform: [x, y, zoom], width, height }) => tilesInSight({ x, y, zoom }, { width, height }), shallow)
  const edges = useMemo(() => edgesWithin(layout.edges, seen), [layout, seen])
  return (
    <ViewportPortal>
      <svg className="graph-edges" aria-hidden>
        <marker id="graph-arrow" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="9" markerHeight="9" orient="auto" markerUnits="userSpaceOnUse">
          <path d="M1,1L7,4L1,7" />
        </marker>
        {edges.map((edge) => (
          <Edge key={edge.id} edge={edge} source={steps.get(edge.from)} />
        ))}
      </svg>
    </ViewportPortal>
  )
})

interface EdgeProps {
  readonly edge: PlacedEdge
  /** Undefined where it leaves a fold. */
  readonly source: StepItem | undefined
}

const Edge = memo(function Edge({ edge, source }: EdgeProps) {
  const taken = useGraph((state) => state.taken.get(edge.id) ?? 'plain')
  return (
    <g className={`edge ${edge.kind}`} data-tone={taken} data-taken={taken}>
      <path d={edge.path} markerEnd={edge.kind === 'need' ? undefined : 'url(#graph-arrow)'} />
      {edge.label !== null && source !== undefined && <LoopLabel edge={edge} at={edge.label} source={source} />}
    </g>
  )
})

interface LoopLabelProps {
  readonly edge: PlacedEdge
  readonly at: { readonly x: number; readonly y: number }
  readonly source: StepItem
}

function LoopLabel({ edge, at, source }: LoopLabelProps) {
  const times = useGraph(({ overlay }) => overlay.get(source.id)?.loops ?? null)
  return (
    <text x={at.x} y={at.y}>
      {loopWords(source.step, edge.to, times)}
    </text>
  )
}
