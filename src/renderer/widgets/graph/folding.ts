/** Which parts of a graph are folded: settled when it is first shown, then only by what a person does. */
import { useMemo, useState } from 'react'
import type { StepId } from '../../../model/ids.ts'
import { collapse, type Folding, type FoldItem, foldsAbove, type View } from './collapse.ts'
import type { Graph } from './graph-of.ts'
import type { Overlay } from './overlay.ts'
import { useStable } from '../../state/stable.ts'

export interface FoldingControl {
  readonly view: View
  readonly folds: boolean
  open(fold: FoldItem): void
  /** Folds again what the step was unfolded from; the innermost first. */
  close(step: StepId): void
  /** Folds all that is quiet now, or nothing at all. */
  foldAll(folds: boolean): void
}

/** @param overlay read when the graph is first shown and when a person folds it, never in between */
export function useFolding(graph: Graph, selected: StepId | null, overlay: () => Overlay): FoldingControl {
  const begin = (folds: boolean): Shown => settle(graph, { folds, kept: busySteps(overlay()), opened: new Set() })
  const [shown, setShown] = useState(() => begin(graph.steps.size > foldsAbove))
  let now = shown
  if (now.graph !== graph) now = begin(graph.steps.size > foldsAbove)
  // A step that is selected stands for itself from then on: the graph must not move when the selection goes on.
  if (selected !== null && graph.steps.has(selected) && now.view.itemOf.get(selected) !== selected) now = keep(now, selected)
  if (now !== shown) setShown(now)

  const foldAll = useStable((folds: boolean) => setShown(begin(folds)))
  return useMemo((): FoldingControl => {
    const change = (folding: Partial<Folding>): void => setShown(settle(now.graph, { ...now.folding, ...folding }))
    return {
      view: now.view,
      folds: now.folding.folds,
      open: ({ id }) => change({ opened: new Set([...now.folding.opened, id]) }),
      close: (step) => {
        const fold = now.view.opened.find(({ steps }) => steps.includes(step))
        if (fold === undefined) return
        const within = new Set<string>(fold.steps)
        change({
          opened: new Set([...now.folding.opened].filter((id) => id !== fold.id)),
          kept: new Set([...now.folding.kept].filter((id) => !within.has(id))),
        })
      },
      foldAll,
    }
  }, [now, foldAll])
}

interface Shown {
  readonly graph: Graph
  readonly folding: Folding
  readonly view: View
}

const settle = (graph: Graph, folding: Folding): Shown => ({ graph, folding, view: collapse(graph, folding) })

function keep({ graph, folding }: Shown, step: StepId): Shown {
  return settle(graph, { ...folding, kept: new Set([...folding.kept, step]) })
}

/** Steps that somebody looks for first. */
export function busySteps(overlay: Overlay): ReadonlySet<string> {
  const busy = [...overlay].filter(([, { status }]) => ['running', 'waiting', 'failed', 'in_doubt'].includes(status))
  return new Set(busy.map(([step]) => step))
}
