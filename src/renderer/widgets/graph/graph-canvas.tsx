import { Background, ReactFlow, useStore } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useEffectEvent, useId, useMemo, useRef } from 'react'
import { distantZoom, farZoom, leastZoom, mostZoom } from './camera.ts'
import type { Item } from './collapse.ts'
import { Edges } from './edges.tsx'
import { busySteps } from './folding.ts'
import { type FoldNode, FoldNodeView } from './fold-node.tsx'
import type { CanvasProps } from './graph-props.ts'
import { GraphTools } from './graph-tools.tsx'
import { Legend } from './legend.tsx'
import { OverviewMap } from './overview-map.tsx'
import { StepList } from './step-list.tsx'
import { type StepNode, StepNodeView } from './step-node.tsx'
import { useCamera } from './use-camera.ts'
import { useCursor } from './use-cursor.ts'
import { useGraphKeys } from './use-graph-keys.ts'
import type { Placed } from './use-layout.ts'

/** More items than this are easily lost sight of. */
const mapAbove = 24

const nodeTypes = { step: StepNodeView, fold: FoldNodeView }

/** The picture, and the list that stands for it. Drawn again when something is selected or moved, not as the run goes. */
export function GraphCanvas(props: CanvasProps) {
  const { manifest, selected, onSelect, label, small, placed, store } = props
  const { view, layout } = placed
  const hasMap = !small && view.items.length > mapAbove
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const id = useId()
  const nodes = useMemo(() => view.items.flatMap((item) => nodeOf(item, placed)), [view, placed])
  const camera = useCamera(placed, () => selected ?? [...busySteps(store.getState().overlay)][0] ?? view.items[0]?.id)
  const cursor = useCursor(props, camera)
  const keys = useGraphKeys(props, camera, cursor, () => search.current?.focus())
  const reveal = useEffectEvent(camera.reveal)
  const distance = useStore(({ transform: [, , zoom] }) => (zoom < farZoom ? (zoom < distantZoom ? 'far distant' : 'far') : ''))
  const { current } = cursor
  useEffect(() => {
    if (current !== null && layout.boxes.has(current)) reveal(current)
  }, [current, layout])

  const focus = (): void => list.current?.focus({ preventScroll: true })

  return (
    <div className={`graph-canvas ${distance}`}>
      <StepList id={id} label={label} items={view.items} at={list} onKeyDown={keys} />
      <ReactFlow
        nodes={nodes}
        nodeTypes={nodeTypes}
        aria-label={`${label}, drawn`}
        minZoom={leastZoom}
        maxZoom={mostZoom}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        panOnScroll={!small}
        zoomOnScroll={false}
        preventScrolling={!small}
        zoomOnDoubleClick={false}
        attributionPosition="bottom-right"
        onClick={focus}
        onNodeClick={(_, node) => cursor.press(node.id)}
        onNodeDoubleClick={(_, node) => cursor.open(node.id)}
        onPaneClick={() => onSelect(null)}
        onMoveStart={(event) => event !== null && camera.leaveAlone()}
      >
        <Background gap={24} size={1} />
        <Edges placed={placed} />
        {hasMap && <OverviewMap bounds={layout.bounds} />}
      </ReactFlow>
      {!small && <GraphTools {...props} camera={camera} search={search} onLeaveSearch={focus} />}
      {!small && <Legend manifest={manifest} besideMap={hasMap} />}
    </div>
  )
}

/** Drawn by React Flow; what the keyboard is in and what is heard is the list. */
function nodeOf(item: Item, { layout }: Placed): readonly (StepNode | FoldNode)[] {
  const box = layout.boxes.get(item.id)
  if (box === undefined) return []
  const { x, y, width, height } = box
  const place = { id: item.id, position: { x, y }, width, height, domAttributes: { 'aria-hidden': true } } as const
  return [item.type === 'step' ? { ...place, type: 'step', data: { item } } : { ...place, type: 'fold', data: { item } }]
}
