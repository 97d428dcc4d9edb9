import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useState } from 'react'
import type { RunId } from '../../../model/ids.ts'
import type { Manifest } from '../../../model/manifest.ts'
import type { RunSummary } from '../../../model/views.ts'
import { useApi } from '../../state/client.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { ReplayMark } from '../../widgets/replay/replay-mark.tsx'
import { lookOfRun } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { Age } from '../../widgets/time/times.tsx'
import { EarlierInput } from './earlier-input.tsx'
import type { Drafting } from './use-draft.ts'

const route = getRouteApi('/workflows/$workflow/start')

/** Recent runs of the workflow, and the input of the one that is looked at. */
export function EarlierWay({ manifest, drafting }: { readonly manifest: Manifest; readonly drafting: Drafting }) {
  const api = useApi()
  const navigate = route.useNavigate()
  const { name } = manifest
  const { data } = useQuery({
    queryKey: ['runs', 'earlier', name],
    queryFn: () => api.runs.search({ query: `workflow:${name}`, limit: 30 }),
    meta: { follows: ['runs'] },
    placeholderData: keepPreviousData,
  })
  const [looked, setLooked] = useState<RunId | undefined>(drafting.draft.origin?.run)
  if (data === undefined) return <Skeleton lines={6} />
  if (data.runs.length === 0) return <Empty icon={History} title="No run of this workflow yet" />
  const run = looked ?? data.runs[0]?.id
  return (
    <div className="earlier-way">
      <div className="runs" role="radiogroup" aria-label="Earlier runs">
        {data.runs.map((each) => (
          <label key={each.id} className="run">
            <input type="radio" name="earlier" checked={each.id === run} onChange={() => setLooked(each.id)} />
            <RunLine run={each} version={manifest.version} />
          </label>
        ))}
      </div>
      {run !== undefined && (
        <EarlierInput
          key={run}
          run={run}
          manifest={manifest}
          draft={drafting.draft}
          onTake={(input) => {
            drafting.takeOver(run, input)
            void navigate({ search: { from: run } })
          }}
        />
      )}
    </div>
  )
}

function RunLine({ run, version }: { readonly run: RunSummary; readonly version: number }) {
  return (
    <>
      <ShortId id={run.id} />
      <StatusBadge look={lookOfRun(run)} />
      <span className="quiet">
        <ReplayMark of={run} /> {run.workflowVersion !== version && `version ${run.workflowVersion}, `}
        <Age at={run.createdAt} />
      </span>
    </>
  )
}
