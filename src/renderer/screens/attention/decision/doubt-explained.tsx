import type { Consequence } from '../../../../model/consequence.ts'
import type { DecisionView, RunDetail } from '../../../../model/views.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { Time } from '../../../widgets/time/times.tsx'
import { doubted } from './doubted.ts'

interface DoubtExplainedProps {
  readonly view: DecisionView
  readonly detail: RunDetail
  readonly foreseen: readonly Consequence[] | undefined
}

/** What is not known, and how a person finds out, in plain words. */
export function DoubtExplained({ view, detail, foreseen }: DoubtExplainedProps) {
  const { key, kind, title, attempt } = doubted(view, detail)
  const whom = foreseen?.flatMap(({ outside }) => outside).find((each) => each.key === key)?.summary ?? null
  return (
    <Callout tone="attention" title={kind === 'email' ? 'It is not known whether the mail went out' : `It is not known whether “${spelled(title)}” happened`}>
      <p>
        Try {attempt.number}
        {attempt.startedAt !== null && (
          <>
            {' '}
            began at <Time at={attempt.startedAt} /> and
          </>
        )}{' '}
        was cut off after its effect had begun, and before it could say how it ended. It is not done again by guess: that could do it twice.
      </p>
      {whom !== null && (
        <p className={kind === 'shell' ? 'mono' : undefined}>
          <ShownText text={whom} />
        </p>
      )}
      <p>
        Look at the receiving side for the key <code>{key}</code>. If it happened, say so and give what the step would have answered. If it did
        not, the step runs again, with the same key.
      </p>
    </Callout>
  )
}
