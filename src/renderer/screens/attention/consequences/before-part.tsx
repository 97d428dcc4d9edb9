import { useMemo } from 'react'
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { Time } from '../../../widgets/time/times.tsx'
import { AsidePart } from '../aside-part.tsx'
import { happeningsBefore } from './before.ts'
import './before-part.css'

/** Earlier passes, and what people decided in the run so far. */
export function BeforePart({ detail, decision }: { readonly detail: RunDetail; readonly decision: DecisionRecord }) {
  const happenings = useMemo(() => happeningsBefore(detail, decision), [detail, decision])
  return (
    <AsidePart title="Before">
      {happenings.length === 0 && <p className="quiet">This is the first thing that the run asks of a person.</p>}
      <ol className="before-part">
        {happenings.map(({ key, at, what, by, note, edit }) => (
          <li key={key}>
            <Time at={at} />
            <div>
              {what}
              {by !== null && <span className="quiet"> by {by}</span>}
              {edit !== null && <span className="quiet">, with an edit</span>}
              {note !== null && note !== '' && <p className="quiet">“{note}”</p>}
            </div>
          </li>
        ))}
      </ol>
    </AsidePart>
  )
}
