/** What went before in the run that a decision belongs to: earlier passes that led here, and what people decided. */
import type { Address, Instant } from '../../../../model/ids.ts'
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { labelOf } from '../act/actions.ts'

export interface Happening {
  readonly at: Instant
  readonly key: string
  readonly what: string
  /** Who decided, or null where nobody did. */
  readonly by: string | null
  readonly note: string | null
  /** True where a person gave an edit along. */
  readonly isEdited: boolean
  /** What a pass came to. */
  readonly output: Address | null
}

const most = 20

/** Newest first. Iterations are those of the steps that the decision's step needs. */
export function happeningsBefore({ manifest, steps, decisions }: RunDetail, decision: DecisionRecord): readonly Happening[] {
  const needs = new Set(manifest.steps.find(({ id }) => id === decision.step)?.needs ?? [])
  const titles = new Map(manifest.steps.map(({ id, title }) => [id, title ?? id]))
  const decided = decisions.flatMap((each): Happening[] => {
    if (each.closedAt === null || each.id === decision.id) return []
    const { id, kind, action, actor, closedAt: at, note, edit, step } = each
    const title = titles.get(step) ?? step
    const answer = `${title}: ${action === null ? each.status : labelOf(kind, action)}`
    const what = each.branch === decision.branch ? answer : `${answer}, before the run was sent back`
    return [{ at, key: id, what, by: actor?.kind === 'person' ? actor.name : null, note, isEdited: edit !== null, output: null }]
  })
  const iterations = steps.flatMap(({ step, iteration, status, endedAt, branch, failure, output }): Happening[] => {
    const isLatest = !steps.some((other) => other.step === step && other.branch === branch && other.iteration > iteration)
    if (branch !== decision.branch || endedAt === null || !needs.has(step) || (isLatest && iteration === 1)) return []
    const title = titles.get(step) ?? step
    const what = `${title}, iteration ${iteration}${status === 'completed' ? '' : `: ${status}`}`
    return [{ at: endedAt, key: `${branch}/${step}/${iteration}`, what, by: null, note: failure?.message ?? null, isEdited: false, output }]
  })
  return [...decided, ...iterations].filter(({ at }) => decision.closedAt === null || at <= decision.closedAt).toSorted((a, b) => b.at - a.at).slice(0, most)
}
