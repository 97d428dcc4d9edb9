import type { DecisionView, RunDetail } from '../../../../model/views.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import type { Foreseen } from '../consequences/use-consequences.ts'
import { ArmExplained } from './arm-explained.tsx'
import { AttemptsMade } from './attempts-made.tsx'
import { DoubtExplained } from './doubt-explained.tsx'
import { RecommendedAnswer } from './recommended-answer.tsx'

interface DecisionExplainedProps {
  readonly view: DecisionView
  readonly detail: RunDetail
  readonly foreseen: Foreseen
  readonly titleOf: TitleOf
}

/** What led to the question, and what helps to answer it. What an author asks is told by what is shown. */
export function DecisionExplained({ view, detail, foreseen: { actions }, titleOf }: DecisionExplainedProps) {
  const { decision } = view
  const failed = decision.failure !== null && <FailureView failure={decision.failure} />
  switch (decision.kind) {
    case 'approval':
      return null
    case 'in_doubt':
      return <DoubtExplained view={view} detail={detail} foreseen={actions} />
    case 'arm':
      return <ArmExplained view={view} foreseen={actions} titleOf={titleOf} />
    case 'loop':
      return failed
    case 'recovery':
    case 'dead_letter':
      return (
        <>
          {failed}
          <RecommendedAnswer decision={decision} />
          <AttemptsMade decision={decision} detail={detail} />
        </>
      )
  }
}
