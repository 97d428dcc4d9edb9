import { CircleAlert } from 'lucide-react'
import type { Problem } from '../../../model/query/problem.ts'
import { Button } from '../button/button.tsx'
import { mended } from './pieces.ts'

interface QueryProblemsProps {
  readonly id: string
  readonly query: string
  readonly problems: readonly Problem[]
  readonly onMend: (query: string) => void
}

/** What is wrong with a query, one line each, with the way out and, where one thing is likely meant, a button that writes it. */
export function QueryProblems({ id, query, problems, onMend }: QueryProblemsProps) {
  return (
    <ul className="problems" id={id} aria-live="polite">
      {problems.map((problem) => (
        <li key={`${problem.span.from}-${problem.message}`} data-tone="failure">
          <CircleAlert size={13} aria-hidden />
          <span>
            <strong>{problem.message}</strong>: {problem.wayOut}
          </span>
          {problem.instead !== null && (
            <Button tone="quiet" onPress={() => onMend(mended(query, problem))}>
              {problem.instead === '' ? 'Leave it out' : `Write ${problem.instead}`}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
