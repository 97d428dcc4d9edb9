import type { DecisionRecord } from '../../../../model/decision.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { labelOf } from '../act/actions.ts'
import { sentence } from '../words.ts'

/** What the engine would do, and why. It leaves it to whoever is asked. */
export function RecommendedAnswer({ decision: { kind, recommended } }: { readonly decision: DecisionRecord }) {
  if (recommended === null) return null
  return (
    <Callout tone="running" title={`Recommended: ${labelOf(kind, recommended.action)}`}>
      <p>
        <ShownText text={sentence(recommended.why)} />
      </p>
    </Callout>
  )
}
