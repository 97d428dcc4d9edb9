import { Callout } from '../feedback/callout.tsx'
import type { Problem } from './check.ts'
import { focusOn } from './focus.ts'
import { pathText } from './path.ts'
import { spoken } from './words.ts'
import { counted } from '../../../model/counted.ts'

interface ProblemSummaryProps {
  readonly problems: readonly Problem[]
  /** The id of the field at a path, or of the nearest that is shown. */
  readonly idOf: (path: Problem['path']) => string
}

/** All that stands in the way, each with a link to its field. */
export function ProblemSummary({ problems, idOf }: ProblemSummaryProps) {
  if (problems.length === 0) return null
  return (
    <Callout tone="failure" title={`${counted(problems.length, 'thing has', 'things have')} to be mended before it can start`} urgent>
      <ul className="problem-summary">
        {problems.slice(0, 20).map((problem) => (
          <li key={`${pathText(problem.path)} ${problem.message}`}>
            <a
              className="link"
              href={`#${idOf(problem.path)}`}
              onClick={(event) => {
                event.preventDefault()
                focusOn(nearestShown(problem.path, idOf))
              }}
            >
              {placeOf(problem.path)}
            </a>{' '}
            {problem.message}
          </li>
        ))}
        {problems.length > 20 && <li className="quiet">and {problems.length - 20} more</li>}
      </ul>
    </Callout>
  )
}

/** `Lines 2, count`: indexes count from one, as the form does. */
function placeOf(path: Problem['path']): string {
  if (path.length === 0) return 'The whole'
  const parts = path.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : spoken(part)))
  return parts.reduce((text, part) => (/^\d+$/.test(part) ? `${text} ${part}` : `${text}, ${part.toLowerCase()}`))
}

function nearestShown(path: Problem['path'], idOf: ProblemSummaryProps['idOf']): string {
  const id = idOf(path)
  return path.length === 0 || document.getElementById(id) !== null ? id : nearestShown(path.slice(0, -1), idOf)
}
