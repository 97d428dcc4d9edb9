import { useMemo } from 'react'
import type { Instant } from '../../../../model/ids.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { Time } from '../../../widgets/time/times.tsx'
import { underWayAt } from '../state/under-way.ts'
import { Part } from './part.tsx'

/** What had begun at a moment of the run, and had not come to its end. */
export function UnderWayPart({ detail, at }: { readonly detail: RunDetail; readonly at: Instant }) {
  const all = useMemo(() => underWayAt(detail, at), [detail, at])
  if (all.length === 0) return null
  return (
    <Part title="Under way then">
      <ul className="changes">
        {all.map(({ step, iteration, what, since }, place) => (
          <li key={place}>
            <strong>{iteration === 1 ? step : `${step}, iteration ${iteration}`}</strong> {what} since <Time at={since} />
          </li>
        ))}
      </ul>
    </Part>
  )
}
