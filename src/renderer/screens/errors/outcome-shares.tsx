import type { Outcomes } from '../../../model/error-query.ts'
import { Swatch } from '../../widgets/charts/chart-key.tsx'
import { outcomesIn } from './outcomes.ts'
import './outcome-shares.css'

/** How many ended how, as shares of a bar and in words. */
export function OutcomeShares({ of }: { readonly of: Outcomes }) {
  const some = outcomesIn(of)
  return (
    <span className="outcome-shares">
      <span className="bar" aria-hidden>
        {some.map(({ status, colour }) => (
          <span key={status} style={{ flexGrow: of[status], background: colour }} />
        ))}
      </span>
      <span className="words">
        {some.map(({ status, word, colour }) => (
          <span key={status}>
            <Swatch colour={colour} />
            {of[status].toLocaleString('en')} {word}
          </span>
        ))}
      </span>
    </span>
  )
}
