import { useLayoutEffect } from 'react'
import type { View } from './collapse.ts'
import { foldOverlayOf } from './fold-overlay.ts'
import type { Graph } from './graph-of.ts'
import type { GraphStore } from './graph-store.ts'
import { type GraphRun, overlayOf } from './overlay.ts'
import { takenEdges } from './taken.ts'

/** Keeps in the store what the run lays over what is drawn. */
export function useOverlay(store: GraphStore, graph: Graph, view: View | undefined, run: GraphRun | undefined): void {
  useLayoutEffect(() => {
    if (run === undefined || view === undefined) {
      store.setState({ overlay: new Map(), folds: new Map(), taken: new Map() })
      return
    }
    store.setState(({ overlay: before, folds: foldsBefore }) => {
      const overlay = overlayOf(graph.steps.values(), run, before)
      const folds = view.items.flatMap((item) =>
        item.type === 'fold' ? [[item.id, foldOverlayOf(item.steps, overlay, foldsBefore.get(item.id))] as const] : [],
      )
      return { overlay, folds: new Map(folds), taken: takenEdges(view, overlay) }
    })
  }, [store, graph, view, run])
}
