import { RotateCw } from 'lucide-react'
import type { Cycle } from '../../../model/cycle.ts'
import { ShownText } from '../text/shown-text.tsx'
import './cycle-view.css'

/** Steps of a long way round that are shown: what is left out stands before the last. */
const mostShown = 12

/** The circle that a run went round in: one time round, and how often that came. */
export function CycleView({ cycle: { steps, repeats, to } }: { readonly cycle: Cycle }) {
  const left = steps.length - mostShown
  const shown = left > 0 ? [...steps.slice(0, mostShown - 1), ...steps.slice(-1)] : steps
  return (
    <div className="cycle-view">
      <ol aria-label="Once round">
        {shown.map((step, index) => (
          <li key={`${index} ${step}`}>
            {left > 0 && index === mostShown - 1 && <span className="quiet">{left} more → </span>}
            <code>
              <ShownText text={step} />
            </code>
          </li>
        ))}
      </ol>
      <p className="quiet">
        <RotateCw aria-hidden size={13} /> {repeats} times, and back to <code>{to}</code> once more
      </p>
    </div>
  )
}
