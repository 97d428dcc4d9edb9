import { MiniMap, type MiniMapNodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { Box } from './geometry.ts'
import { useGraph } from './graph-store.ts'
import { itemLook } from './item-look.ts'
import './overview-map.css'

/** The whole graph, small; what is in sight is lighter. It is dragged and pressed with a pointer. */
export const OverviewMap = memo(function OverviewMap({ bounds: { width, height } }: { readonly bounds: Box }) {
  const size = { width: 200, height: Math.min(140, Math.max(56, (200 * height) / width + 24)) }
  return <MiniMap pannable zoomable ariaLabel={null} nodeComponent={MapNode} className="graph-overview-map" style={size} />
})

function MapNode({ id, x, y, width, height, onClick }: MiniMapNodeProps) {
  const tone = useGraph(({ overlay, folds }) => {
    const shown = folds.get(id) ?? overlay.get(id)
    return shown === undefined ? undefined : itemLook(shown).tone
  })
  const isCurrent = useGraph(({ current }) => current === id)
  return (
    <rect
      className={isCurrent ? 'current' : undefined}
      data-tone={tone}
      {...{ x, y, width, height }}
      rx={10}
      onClick={(event) => onClick?.(event, id)}
    />
  )
}
