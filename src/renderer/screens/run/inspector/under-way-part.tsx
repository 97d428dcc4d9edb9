import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Instant } from '../../../../model/ids.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { useZone } from '../../../state/preferences.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { underWayAt } from '../state/under-way.ts'
import { Part } from './part.tsx'

/** What had begun at a moment of the run, and had not come to its end. */
export function UnderWayPart({ detail, at }: { readonly detail: RunDetail; readonly at: Instant }) {
  const zone = useZone()
  const all = useMemo(() => underWayAt(detail, at), [detail, at])
  if (all.length === 0) return null
  return (
    <Part title="Under way then">
      <ul className="changes">
        {all.map(({ step, iteration, what, since, until, child }, place) => (
          <li key={place}>
            <strong>{iteration === 1 ? step : `${step}, iteration ${iteration}`}</strong> {what}{' '}
            {child !== null && (
              <Link to="/runs/$run" params={{ run: child }} className="link">
                <ShortId id={child} />
              </Link>
            )}{' '}
            since <span className="mono">{exactTime(since, zone)}</span>
            {until !== null && (
              <>
                , due <span className="mono">{exactTime(until, zone)}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}
