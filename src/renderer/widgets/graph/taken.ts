/** How the path of a run lies on the edges. */
import type { StepId } from '../../../model/ids.ts'
import type { Item, ItemEdge, View } from './collapse.ts'
import { foldOverlayOf } from './fold-overlay.ts'
import { itemLook } from './item-look.ts'
import type { Overlay, StepOverlay } from './overlay.ts'

/** `idle` was not taken, or not yet; `ready` leads from what is done to what comes next. */
export type Taken = 'idle' | 'ready' | 'running' | 'success' | 'failure' | 'attention' | 'inactive' | 'mark'

export function takenEdges({ items, edges }: View, overlay: Overlay): ReadonlyMap<string, Taken> {
  const byId = new Map(items.map((item) => [item.id, item]))
  return new Map(edges.map((edge) => [edge.id, taken(edge, byId, overlay)]))
}

function taken({ kind, from, to }: ItemEdge, items: ReadonlyMap<string, Item>, overlay: Overlay): Taken {
  const [source, target] = [stepsOf(items.get(from), overlay), stepsOf(items.get(to), overlay)]
  if (kind === 'loop') return source.some(({ loops }) => loops > 0) ? 'attention' : 'idle'
  const begun = target.filter(({ status }) => status !== 'pending' && status !== 'skipped')
  if (begun.length === 0) return kind === 'need' && source.every(isSettled) && target.some(isPending) ? 'ready' : 'idle'
  const item = items.get(to)
  return item === undefined ? 'idle' : toneOf(item, overlay)
}

function toneOf(item: Item, overlay: Overlay): Taken {
  if (item.type === 'fold') return itemLook(foldOverlayOf(item.steps, overlay)).tone
  const step = overlay.get(item.id)
  return step === undefined ? 'idle' : itemLook(step).tone
}

function stepsOf(item: Item | undefined, overlay: Overlay): readonly StepOverlay[] {
  if (item === undefined) return []
  const ids: readonly StepId[] = item.type === 'fold' ? item.steps : [item.id]
  return ids.flatMap((id) => overlay.get(id) ?? [])
}

const isPending = ({ status }: StepOverlay): boolean => status === 'pending'
const isSettled = ({ status }: StepOverlay): boolean => status === 'completed' || status === 'skipped'
