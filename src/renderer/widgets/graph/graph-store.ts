/** What changes about a graph while it is shown, apart from where things stand: each part draws itself again alone. */
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StepId } from '../../../model/ids.ts'
import type { Item } from './collapse.ts'
import type { FoldOverlay } from './fold-overlay.ts'
import type { Overlay } from './overlay.ts'
import type { Taken } from './taken.ts'

export interface GraphState {
  /** Empty where no run is laid over the definition. */
  readonly overlay: Overlay
  readonly folds: ReadonlyMap<string, FoldOverlay>
  readonly taken: ReadonlyMap<string, Taken>
  /** The item that the keyboard is at: the selected step, or a fold. */
  readonly current: string | null
  /** Steps that the search found. */
  readonly found: ReadonlySet<StepId>
}

export type GraphStore = StoreApi<GraphState>

export function createGraphStore(): GraphStore {
  return createStore<GraphState>()(() => ({
    overlay: new Map(),
    folds: new Map(),
    taken: new Map(),
    current: null,
    found: new Set(),
  }))
}

export const GraphStoreContext = createContext<GraphStore | undefined>(undefined)

/** @throws Error outside a graph */
export function useGraph<Part>(part: (state: GraphState) => Part): Part {
  const store = use(GraphStoreContext)
  if (store === undefined) throw new Error('no graph: this is shown outside of one')
  return useStore(store, part)
}

/** The class of an item that the keyboard is at, or some of whose steps the search found. */
export function useItemClass(item: Item): string | undefined {
  return useGraph(({ current, found }) => {
    const isFound = item.type === 'step' ? found.has(item.id) : item.steps.some((step) => found.has(step))
    if (current === item.id) return isFound ? 'current found' : 'current'
    return isFound ? 'found' : undefined
  })
}
