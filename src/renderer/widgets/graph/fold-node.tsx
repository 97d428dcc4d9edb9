import type { Node, NodeProps } from '@xyflow/react'
import { Layers, MoreHorizontal } from 'lucide-react'
import { memo } from 'react'
import type { FoldItem } from './collapse.ts'
import type { FoldOverlay } from './fold-overlay.ts'
import { useGraph, useItemClass } from './graph-store.ts'
import { itemLook, standingLook } from './item-look.ts'
import { foldName } from './words.ts'
import './node.css'

export type FoldNode = Node<{ readonly item: FoldItem }, 'fold'>

/** Several steps drawn as one. A press unfolds them. */
export const FoldNodeView = memo(function FoldNodeView({ data: { item } }: NodeProps<FoldNode>) {
  const shown = useGraph(({ folds }) => folds.get(item.id))
  const own = useItemClass(item)
  const Icon = item.shape === 'row' ? MoreHorizontal : Layers
  const classes = ['graph-node', 'fold', item.shape, own, hasNotBegun(shown) && 'faint']
  return (
    <div className={classes.filter(Boolean).join(' ')} title={foldName(item, shown)}>
      <span className="side" data-tone={shown && itemLook(shown).tone} />
      <div className="line">
        <Icon size={13} className="kind" aria-hidden />
        <span className="name">{item.steps.length} steps</span>
        <span className="clipped quiet">{item.shape === 'row' ? 'in a row' : 'side by side'}</span>
      </div>
      <div className="line second">
        {shown === undefined ? (
          <span className="clipped">
            {item.steps[0]} … {item.steps.at(-1)}
          </span>
        ) : (
          <Counts shown={shown} />
        )}
      </div>
      {shown !== undefined && <Shares shown={shown} of={item.steps.length} />}
    </div>
  )
})

const hasNotBegun = (shown: FoldOverlay | undefined): boolean => shown?.counts[0]?.[0] === 'pending'

/** The first in words, the others by icon and figure: the name of the node has all of them in words. */
function Counts({ shown: { counts } }: { readonly shown: FoldOverlay }) {
  return counts.slice(0, 4).map(([standing, count], index) => {
    const look = standingLook(standing)
    return (
      <span key={standing} className="status" data-tone={look.tone}>
        <look.icon size={12} aria-hidden />
        <span className="clipped">{index === 0 ? `${count} ${look.word.toLowerCase()}` : count}</span>
      </span>
    )
  })
}

function Shares({ shown: { counts }, of }: { readonly shown: FoldOverlay; readonly of: number }) {
  return (
    <span className="shares">
      {counts.map(([standing, count]) =>
        standing === 'pending' ? null : (
          <span key={standing} data-tone={standingLook(standing).tone} style={{ width: `${(100 * count) / of}%` }} />
        ),
      )}
    </span>
  )
}
