/** What is told of a question about a failure, in words. */
import type { AttentionItem } from '../../../model/attention.ts'
import type { DecisionView } from '../../../model/views.ts'
import { shortId } from '../../widgets/identity/short-id.tsx'

export interface Question {
  /** As the address of the decision has it. */
  readonly key: string
  readonly view: DecisionView
}

/** What is asked about failures, of whichever run. */
export function questionsIn(items: readonly AttentionItem[]): readonly Question[] {
  return items.flatMap((item) => {
    if (item.kind !== 'decision' || item.view.decision.failure === null) return []
    const { run, decision } = item.view
    return decision.kind === 'recovery' ? [{ key: `${run}.${decision.id}`, view: item.view }] : []
  })
}

export function noticeOf({ run, workflow, decision: { step, tries, failure } }: DecisionView): { title: string; text: string } {
  const after = tries === null || tries === 0 ? '' : ` after ${tries} ${tries === 1 ? 'attempt' : 'attempts'}`
  return { title: `${step} of ${workflow} failed${after}`, text: `Run ${shortId(run)} asks what is to be done: ${failure?.message ?? 'it is not known why'}` }
}
