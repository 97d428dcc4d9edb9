import { useQuery } from '@tanstack/react-query'
import type { RevisionHash } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { TextDiff } from '../../../widgets/diff/text-diff.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../../widgets/panel/panel.tsx'
import { changesBetween } from './changes.ts'

/** What changed from one revision to another: in words, then in the code. */
export function Difference({ before, after }: { readonly before: RevisionHash; readonly after: RevisionHash }) {
  const old = useRevision(before)
  const now = useRevision(after)
  if (old === undefined || now === undefined) return <Skeleton lines={6} />
  const changes = changesBetween(old.manifest, now.manifest)
  return (
    <>
      <Panel title={`What changed from ${before.slice(0, 8)} to ${after.slice(0, 8)}`}>
        {changes.length === 0 && <p className="quiet">{old.source === now.source ? 'Nothing.' : 'Nothing but code within the steps.'}</p>}
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Panel>
      <Panel title="Code, as it is bundled">
        {(old.cut || now.cut) && <p className="quiet">The code is longer than 2 MB; what is behind that is not compared.</p>}
        <TextDiff before={old.source} after={now.source} label="Difference of the code" />
      </Panel>
    </>
  )
}

function useRevision(revision: RevisionHash) {
  const api = useApi()
  return useQuery({ queryKey: ['revision', revision], queryFn: () => api.workflows.revision({ revision }) }).data
}
