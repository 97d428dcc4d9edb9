import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { WorkflowName } from '../../../model/ids.ts'
import { useApi } from '../../state/client.ts'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { CannotStart } from './cannot-start.tsx'
import { StartPage } from './start-page.tsx'

const route = getRouteApi('/workflows/$workflow/start')

/** Where a run is started, with its input from a form, as JSON or of an earlier run. */
export function StartScreen() {
  const { workflow } = route.useParams()
  const name = WorkflowName.safeParse(workflow)
  const api = useApi()
  const list = useQuery({ queryKey: ['workflows', 'list'], queryFn: () => api.workflows.list(), meta: { follows: ['workflows'] } })
  const { data } = useQuery({
    queryKey: ['workflows', 'get', workflow],
    queryFn: () => api.workflows.get({ workflow: WorkflowName.parse(workflow) }),
    enabled: name.success,
    meta: { follows: ['workflows'] },
  })
  const entry = list.data?.workflows.find((each) => each.name === workflow)
  const isReady = entry?.state === 'ready'
  if (isReady && data !== undefined) return <StartPage key={workflow} manifest={data.manifest} />
  const title = `Start ${workflow}`
  return (
    <Screen title={title}>
      {list.data === undefined || isReady ? <Skeleton lines={8} /> : <CannotStart workflow={workflow} refused={entry} />}
    </Screen>
  )
}
