import { Callout } from '../../widgets/feedback/callout.tsx'
import { ProblemSummary } from '../../widgets/schema-form/problem-summary.tsx'
import { idIn } from '../../widgets/schema-form/schema-form.tsx'
import { inputId, jsonId } from './input-part.tsx'
import { QueueFull } from './queue-full.tsx'
import { problemsId, type Starting } from './use-starting.ts'
import type { Way } from './way.ts'

interface ProblemsPartProps {
  readonly starting: Starting
  readonly way: Way
}

/** All that is in the way of the run, each leading to where it is mended. */
export function ProblemsPart({ starting, way }: ProblemsPartProps) {
  return (
    <div id={problemsId} className="problems" tabIndex={-1}>
      {starting.saysAll && <ProblemSummary problems={starting.input} idOf={(path) => (way === 'form' ? idIn(inputId, path) : jsonId)} />}
      {starting.saysAll && <ProblemSummary problems={starting.context} idOf={(path) => idIn('context', path)} />}
      {starting.others.length > 0 && (
        <Callout tone="failure" title="The workflow refuses to start with this" urgent>
          {starting.others.map((other) => (
            <p key={other}>{other}</p>
          ))}
        </Callout>
      )}
      {starting.full !== null && <QueueFull full={starting.full} />}
    </div>
  )
}
