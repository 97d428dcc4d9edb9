import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RunId } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { type Look, lookOfRun } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { useRestedMoment } from '../state/view.ts'
import { Part } from './part.tsx'

/** The child run of a step, as it stands now, also where a moment is looked at: leads there. */
export function ChildPart({ child, workflow }: { readonly child: RunId; readonly workflow: string }) {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['runs', 'child', child],
    queryFn: ({ signal }) => api.runs.search({ query: `id:${child}`, limit: 1 }, { signal }),
    meta: { follows: ['statuses'], pace: 1_000 },
  })
  const isMoment = useRestedMoment() !== undefined
  const run = data?.runs[0]
  return (
    <Part title="Its child run" aside={run !== undefined && <StandsNow as={lookOfRun(run)} isMoment={isMoment} />}>
      <Link to="/runs/$run" params={{ run: child }} className="link">
        {workflow} <ShortId id={child} />
      </Link>
    </Part>
  )
}

function StandsNow({ as, isMoment }: { readonly as: Look; readonly isMoment: boolean }) {
  return (
    <span>
      {isMoment && <span className="quiet">now </span>}
      <StatusBadge look={as} />
    </span>
  )
}
