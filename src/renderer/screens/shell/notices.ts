/** What is told of questions about failures, in words: one notice for a step, however many runs ask about it. */
import type { AttentionItem } from '../../../model/attention.ts'
import { counted } from '../../../model/counted.ts'
import type { Instant } from '../../../model/ids.ts'
import type { DecisionView } from '../../../model/views.ts'
import { shortId } from '../../widgets/identity/short-id.tsx'

export interface Notice {
  readonly title: string
  readonly text: string
  /** The decisions that it tells of, as their addresses have them, in the order of the list. */
  readonly decisions: readonly [string, ...string[]]
}

/** By workflow and step. What was asked before `since` stands in its list alone. */
export function noticesIn(items: readonly AttentionItem[], since: Instant): ReadonlyMap<string, Notice> {
  const asked = items.flatMap((item) => (item.kind === 'decision' && isAsked(item.view, since) ? [item.view] : []))
  const bySteps = Map.groupBy(asked, ({ workflow, decision }) => `${workflow} ${decision.step}`)
  return new Map([...bySteps].flatMap(([of, [first, ...others]]) => (first === undefined ? [] : [[of, noticeOf(first, others)]])))
}

function isAsked({ decision: { kind, failure, openedAt } }: DecisionView, since: Instant): boolean {
  return kind === 'recovery' && failure !== null && openedAt >= since
}

function noticeOf(first: DecisionView, others: readonly DecisionView[]): Notice {
  const { workflow, decision: { step, tries, failure } } = first
  const why = failure?.message ?? 'it is not known why'
  const decisions = [addressOf(first), ...others.map(addressOf)] as const
  if (others.length > 0) {
    return { title: `${step} of ${workflow} failed in ${decisions.length} runs`, text: `They ask what is to be done. The first: ${why}`, decisions: [...decisions] }
  }
  const after = tries === null || tries === 0 ? '' : ` after ${counted(tries, 'attempt')}`
  return { title: `${step} of ${workflow} failed${after}`, text: `${nameOf(first)} asks what is to be done: ${why}`, decisions: [...decisions] }
}

function nameOf({ run, origin, disarmed }: DecisionView): string {
  if (origin !== null) return `Replay ${shortId(run)}`
  return `Run ${shortId(run)}${disarmed ? ', of a replay,' : ''}`
}

function addressOf({ run, decision }: DecisionView): string {
  return `${run}.${decision.id}`
}
