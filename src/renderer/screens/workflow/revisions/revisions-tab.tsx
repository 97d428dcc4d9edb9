import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { RevisionEntry } from '../../../../contract/workflows.ts'
import type { WorkflowName } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { Difference } from './difference.tsx'

const route = getRouteApi('/workflows/$workflow')

/** Every revision that was stored; two of them are held against each other. */
export function RevisionsTab({ workflow }: { readonly workflow: WorkflowName }) {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['workflows', 'revisions', workflow],
    queryFn: () => api.workflows.revisions({ workflow }),
    meta: { follows: ['workflows', 'runs'] },
  })
  const search = route.useSearch()
  if (data === undefined) return <Skeleton lines={6} />
  const { revisions } = data
  const revision = search.revision ?? revisions[0]?.hash
  const against = search.against ?? revisions.find(({ hash }) => hash !== revision)?.hash
  return (
    <div className="revisions-tab">
      <RevisionTable revisions={revisions} revision={revision} against={against} />
      {revision === undefined || against === undefined ? (
        <p className="quiet">There is one revision only; the next one can be held against it.</p>
      ) : (
        <Difference before={against} after={revision} />
      )}
    </div>
  )
}

interface RevisionTableProps {
  readonly revisions: readonly RevisionEntry[]
  readonly revision: string | undefined
  readonly against: string | undefined
}

function RevisionTable({ revisions, revision, against }: RevisionTableProps) {
  const navigate = route.useNavigate()
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Shown</th>
          <th scope="col">Against</th>
          <th scope="col">Revision</th>
          <th scope="col">Version</th>
          <th scope="col">First stored</th>
          <th scope="col">Runs</th>
        </tr>
      </thead>
      <tbody>
        {revisions.map(({ hash, version, storedAt, runs, current }) => (
          <tr key={hash}>
            <td>
              <input
                type="radio"
                name="revision"
                aria-label={`Show ${hash.slice(0, 8)}`}
                checked={hash === revision}
                onChange={() => void navigate({ search: (before) => ({ ...before, revision: hash }), replace: true })}
              />
            </td>
            <td>
              <input
                type="radio"
                name="against"
                aria-label={`Hold it against ${hash.slice(0, 8)}`}
                checked={hash === against}
                onChange={() => void navigate({ search: (before) => ({ ...before, against: hash }), replace: true })}
              />
            </td>
            <th scope="row">
              <code title={hash}>{hash.slice(0, 8)}</code>
              {current && <span className="present">present</span>}
            </th>
            <td>{version}</td>
            <td>
              <Time at={storedAt} />
            </td>
            <td>{runs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
