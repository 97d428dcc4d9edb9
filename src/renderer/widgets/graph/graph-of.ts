import type { StepId } from '../../../model/ids.ts'
import type { Manifest, StepManifest } from '../../../model/manifest.ts'

/** `need` leads forwards, `loop` back to an earlier step, `fallback` to the step that stands in. */
export type EdgeKind = 'need' | 'loop' | 'fallback'

export interface StepEdge {
  readonly kind: EdgeKind
  readonly from: StepId
  readonly to: StepId
}

/** The steps of a definition in the author's order, with every edge between them. */
export interface Graph {
  readonly steps: ReadonlyMap<StepId, StepManifest>
  readonly edges: readonly StepEdge[]
  /** Who needs a step. */
  readonly dependents: ReadonlyMap<StepId, readonly StepId[]>
}

export function graphOf({ steps }: Pick<Manifest, 'steps'>): Graph {
  const edges = steps.flatMap(edgesOf)
  const needs = Map.groupBy(
    edges.filter(({ kind }) => kind === 'need'),
    ({ from }) => from,
  )
  return {
    steps: new Map(steps.map((step) => [step.id, step])),
    edges,
    dependents: new Map([...needs].map(([from, leaving]) => [from, leaving.map(({ to }) => to)])),
  }
}

function edgesOf({ id, needs, loop, fallback }: StepManifest): readonly StepEdge[] {
  return [
    ...needs.map((need): StepEdge => ({ kind: 'need', from: need, to: id })),
    ...(loop?.to ?? []).map((to): StepEdge => ({ kind: 'loop', from: id, to })),
    ...(fallback === null ? [] : [{ kind: 'fallback' as const, from: id, to: fallback }]),
  ]
}
