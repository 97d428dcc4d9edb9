/**
 * Folds the quiet parts of a large graph: steps in a row, and lanes that stand side by side between the same steps.
 *
 * 1. The outcome depends on the graph, on what a person opened and on what is kept apart; never on a run as it goes.
 * 2. A step that is kept apart, that a loop or a fallback touches, or that a person decides on is never folded.
 * 3. A fold has the same id whichever of its steps are kept apart, so that what was opened stays open.
 */
import type { StepId } from '../../../model/ids.ts'
import type { StepManifest } from '../../../model/manifest.ts'
import type { EdgeKind, Graph } from './graph-of.ts'

/** Graphs of more steps than this are folded unless a person says otherwise. */
export const foldsAbove = 60

const shortestRow = 3
const longestRow = 12
const fewestLanes = 4

export interface StepItem {
  readonly type: 'step'
  readonly id: StepId
  readonly step: StepManifest
}

export interface FoldItem {
  readonly type: 'fold'
  readonly id: string
  readonly shape: 'row' | 'lanes'
  readonly steps: readonly StepId[]
}

export type Item = StepItem | FoldItem

export interface ItemEdge {
  readonly id: string
  readonly kind: EdgeKind
  readonly from: string
  readonly to: string
}

/** What is drawn: the items in the author's order, and one edge of a kind between two of them. */
export interface View {
  readonly items: readonly Item[]
  readonly edges: readonly ItemEdge[]
  /** The item that shows a step. */
  readonly itemOf: ReadonlyMap<StepId, string>
  /** Folds that would be there had nobody opened them, the outermost last. */
  readonly opened: readonly FoldItem[]
}

export interface Folding {
  readonly folds: boolean
  /** Steps that stand for themselves. */
  readonly kept: ReadonlySet<string>
  /** Ids of folds that stand open. */
  readonly opened: ReadonlySet<string>
}

export function collapse(graph: Graph, { folds, kept, opened }: Folding): View {
  if (!folds) return viewOf(graph, [], [])
  const apart = new Set([...kept, ...alwaysApart(graph)])
  const rows = rowsOf(graph, apart)
  const closedRows = rows.filter(({ id }) => !opened.has(id))
  const inRow = new Set(closedRows.flatMap(({ steps }) => steps))
  const single = [...graph.steps.keys()].filter((id) => !apart.has(id) && !inRow.has(id))
  const bundles = bundlesOf(graph, [...closedRows.map(({ steps }) => steps), ...single.map((id) => [id])])
  const closed = bundles.filter(({ id }) => !opened.has(id))
  const inBundle = new Set(closed.flatMap(({ steps }) => steps))
  const outerRows = closedRows.filter(({ steps: [first] }) => first !== undefined && !inBundle.has(first))
  return viewOf(
    graph,
    [...outerRows, ...closed],
    [...rows, ...bundles].filter(({ id }) => opened.has(id)),
  )
}

function* alwaysApart({ steps, edges }: Graph): Generator<StepId> {
  for (const { kind, from, to } of edges) if (kind !== 'need') yield* [from, to]
  for (const { id, kind } of steps.values()) if (kind === 'approval') yield id
}

/** Steps one after the other with nothing beside them, in parts that still say something. */
function rowsOf(graph: Graph, apart: ReadonlySet<string>): readonly FoldItem[] {
  const next = (id: StepId): StepId | undefined => {
    const [only, ...more] = graph.dependents.get(id) ?? []
    const follows = only !== undefined && more.length === 0 && graph.steps.get(only)?.needs.length === 1
    return follows && !apart.has(only) ? only : undefined
  }
  const free = [...graph.steps.keys()].filter((id) => !apart.has(id))
  const inner = new Set(free.map(next))
  return free
    .filter((id) => !inner.has(id))
    .map((first) => walk(first, next))
    .flatMap(parts)
    .map((steps): FoldItem => ({ type: 'fold', id: `row:${steps[0] ?? ''}`, shape: 'row', steps }))
}

function walk(first: StepId, next: (id: StepId) => StepId | undefined): readonly StepId[] {
  const row = [first]
  for (const id of row) {
    const following = next(id)
    if (following !== undefined) row.push(following)
  }
  return row
}

function parts(row: readonly StepId[]): readonly (readonly StepId[])[] {
  if (row.length < shortestRow) return []
  const size = Math.ceil(row.length / Math.ceil(row.length / longestRow))
  return Array.from({ length: Math.ceil(row.length / size) }, (_, part) => row.slice(part * size, (part + 1) * size))
}

/** Lanes between the same steps: each is a step, or a folded row from its first step to its last. */
function bundlesOf(graph: Graph, lanes: readonly (readonly StepId[])[]): readonly FoldItem[] {
  const place = (lane: readonly StepId[]): string => {
    const [first, last] = [lane[0], lane.at(-1)]
    const needs = first === undefined ? [] : (graph.steps.get(first)?.needs ?? [])
    const dependents = last === undefined ? [] : (graph.dependents.get(last) ?? [])
    return `lanes:${needs.toSorted().join(',')}>${dependents.toSorted().join(',')}`
  }
  return [...Map.groupBy(lanes, place)].flatMap(([id, together]): readonly FoldItem[] =>
    together.length < fewestLanes ? [] : [{ type: 'fold', id, shape: 'lanes', steps: together.flat() }],
  )
}

function viewOf(graph: Graph, folds: readonly FoldItem[], opened: readonly FoldItem[]): View {
  const foldOf = new Map(folds.flatMap((fold) => fold.steps.map((step) => [step, fold])))
  const itemOf = new Map([...graph.steps.keys()].map((id) => [id, foldOf.get(id)?.id ?? id]))
  const items = new Map<string, Item>()
  for (const step of graph.steps.values()) {
    const item = foldOf.get(step.id) ?? { type: 'step', id: step.id, step }
    items.set(item.id, item)
  }
  const edges = new Map<string, ItemEdge>()
  for (const edge of graph.edges) {
    const [from, to] = [itemOf.get(edge.from), itemOf.get(edge.to)]
    // A loop may lead back to its own step; a need within a fold is not drawn.
    if (from === undefined || to === undefined || (from === to && edge.kind === 'need')) continue
    const id = `${edge.kind}:${from}>${to}`
    edges.set(id, { id, kind: edge.kind, from, to })
  }
  return { items: [...items.values()], edges: [...edges.values()], itemOf, opened }
}
