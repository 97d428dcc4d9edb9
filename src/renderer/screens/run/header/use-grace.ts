import { useQuery } from '@tanstack/react-query'
import type { WorkflowName } from '../../../../model/ids.ts'
import { saidFor } from '../../../../model/policy/policy-view.ts'
import { useApi } from '../../../state/client.ts'

/** What the workspace gives to what is inside an effect when its run is cancelled, as it is written; in words until it is known. */
export function useGrace(workflow: WorkflowName): string {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['policy'], queryFn: () => api.policy.get(), meta: { follows: ['host', 'workflows'] } })
  const said = data === undefined ? undefined : saidFor(data, 'ending.grace', workflow)
  return typeof said === 'string' ? said : 'the grace that policy gives it'
}
