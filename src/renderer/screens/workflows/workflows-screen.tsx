import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileCode } from 'lucide-react'
import { useApi } from '../../state/client.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { RefusedFile } from './refused-file.tsx'
import { WorkflowTable } from './workflow-table.tsx'
import './workflows-screen.css'

/** The workflows of the workspace and how they fare; files that cannot be loaded stand above, and hide nothing. */
export function WorkflowsScreen() {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['workflows', 'list'], queryFn: () => api.workflows.list(), meta: { follows: ['workflows'] } })
  const health = useQuery({
    queryKey: ['workflows', 'health'],
    queryFn: () => api.workflows.health({}),
    meta: { follows: ['runs', 'workflows'] },
    placeholderData: keepPreviousData,
  })
  if (data === undefined) {
    return (
      <Screen title="Workflows">
        <Skeleton lines={6} />
      </Screen>
    )
  }
  const refused = data.workflows.filter((each) => each.state === 'refused')
  const ready = data.workflows.filter((each) => each.state === 'ready')
  return (
    <Screen title="Workflows">
      <div className="workflows-screen">
        {data.unread > 0 && (
          <p className="being-read" role="status">
            {data.unread === 1 ? 'One more file is' : `${data.unread} more files are`} being looked at.
          </p>
        )}
        {refused.map((each) => (
          <RefusedFile key={each.file} refused={each} />
        ))}
        {ready.length > 0 && <WorkflowTable workflows={ready} health={health.data?.workflows} />}
        {data.workflows.length === 0 && data.unread === 0 && (
          <Empty icon={FileCode} title="No workflow in this workspace yet">
            A TypeScript file in <code>workflows/</code> that exports a workflow appears here by itself.
          </Empty>
        )}
      </div>
    </Screen>
  )
}
