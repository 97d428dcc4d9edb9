import { Callout } from '../../../widgets/feedback/callout.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import type { Obstacle } from '../act/obstacle.ts'

/** Why an answer was not taken. What was written is still there. */
export function ObstacleCallout({ obstacle }: { readonly obstacle: Obstacle }) {
  if (obstacle.type === 'conflict') {
    const { word } = lookOfRun({ status: obstacle.status, waiting: null })
    return (
      <Callout tone="attention" title="Your answer was not taken: the run has moved on" urgent>
        <p>
          It changed after what you saw: it is in its state {obstacle.version} now, {word.toLowerCase()}. What you see has been read again, and
          what you wrote is still here: look again, then answer.
        </p>
      </Callout>
    )
  }
  return (
    <Callout tone="failure" title="Your answer was not taken" urgent>
      {obstacle.failures.map(({ message, path, wayOut }) => (
        <p key={message}>
          {path !== undefined && <code>{path}</code>} <ShownText text={[`${message}.`, wayOut].filter(Boolean).join(' ')} />
        </p>
      ))}
    </Callout>
  )
}
