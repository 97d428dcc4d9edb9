import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { type StepId, WorkflowName } from '../../../model/ids.ts'
import { useApi } from '../../state/client.ts'
import { WorkflowGraph } from '../../widgets/graph/workflow-graph.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'

const route = getRouteApi('/workflows/$workflow')

export function WorkflowScreen() {
  const { workflow } = route.useParams()
  const api = useApi()
  const [selected, setSelected] = useState<StepId | null>(null)
  const { data } = useQuery({
    queryKey: ['workflows', 'get', workflow],
    queryFn: () => api.workflows.get({ workflow: WorkflowName.parse(workflow) }),
    meta: { follows: ['workflows'] },
  })
  return (
    <Screen title={data?.manifest.title ?? workflow} full>
      {data !== undefined && (
        <WorkflowGraph manifest={data.manifest} selected={selected} onSelect={setSelected} label={`Steps of ${workflow}`} />
      )}
    </Screen>
  )
}
