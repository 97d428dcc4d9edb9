import type { Problem } from './check.ts'
import { pathText } from './path.ts'
import './problem-list.css'

/** What does not fit, by path. */
export function ProblemList({ problems, title }: { readonly problems: readonly Problem[]; readonly title: string }) {
  if (problems.length === 0) return null
  return (
    <section className="problem-list" aria-label={title}>
      <p className="title">{title}</p>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={`${pathText(path)} ${message}`}>
            <code>{path.length === 0 ? 'the whole' : pathText(path)}</code> {message}
          </li>
        ))}
      </ul>
    </section>
  )
}
