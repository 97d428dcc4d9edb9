import type { Failure } from '../../../../model/failure.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'

interface RefusedCalloutProps {
  readonly title: string
  readonly problem: string
  /** What of it is refused, and what can be done about that. */
  readonly refused: readonly Failure[]
}

/** Why something cannot be done from a moment. */
export function RefusedCallout({ title, problem, refused }: RefusedCalloutProps) {
  return (
    <div className="padded">
      <Callout tone="failure" title={title}>
        {/* Where one thing is refused, that is all that the problem says. */}
        {refused.every(({ message }) => message !== problem) && problem}
        {refused.map(({ path, message, wayOut }) => (
          <p key={`${path} ${message}`}>
            {message}
            {wayOut !== undefined && <span className="quiet">: {wayOut}</span>}
          </p>
        ))}
      </Callout>
    </div>
  )
}
