import { CircleAlert } from 'lucide-react'
import { Button } from '../../../widgets/button/button.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import type { Misfit } from './check.ts'
import type { Edited } from './edited.ts'

interface EditProblemsProps {
  readonly edited: Edited
  readonly refusals: readonly Misfit[]
  readonly onJump: (offset: number) => void
}

/** What stands in the way of giving an edit, each where it is. */
export function EditProblems({ edited, refusals, onJump }: EditProblemsProps) {
  if (edited.state === 'broken') {
    const { message, line, column, offset } = edited.problem
    return (
      <p className="problem" data-tone="failure">
        <CircleAlert size={13} aria-hidden />
        <span>
          Line {line}, column {column}: {message}
        </span>
        <Button tone="quiet" onPress={() => onJump(offset)}>
          Go there
        </Button>
      </p>
    )
  }
  const problems = edited.state === 'misfit' ? edited.misfits : refusals
  return problems.map(({ at, message }) => (
    <p key={`${at} ${message}`} className="problem" data-tone="failure">
      <CircleAlert size={13} aria-hidden />
      <span>
        {at !== '' && (
          <code>
            <ShownText text={at} />
          </code>
        )}{' '}
        <ShownText text={message} />
      </span>
    </p>
  ))
}
