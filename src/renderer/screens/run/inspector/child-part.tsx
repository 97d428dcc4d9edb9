import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RunId } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Part } from './part.tsx'

/** The child run of a step, as it stands now: leads there. */
export function ChildPart({ child, workflow }: { readonly child: RunId; readonly workflow: string }) {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['runs', 'child', child],
    queryFn: ({ signal }) => api.runs.search({ query: `id:${child}`, limit: 1 }, { signal }),
    meta: { follows: ['statuses'], pace: 1_000 },
  })
  const run = data?.runs[0]
  return (
    <Part title="Its child run" aside={run !== undefined && <StatusBadge look={lookOfRun(run)} />}>
      <Link to="/runs/$run" params={{ run: child }} className="link">
        {workflow} <ShortId id={child} />
      </Link>
    </Part>
  )
}
