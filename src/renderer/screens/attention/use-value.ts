import { skipToken, useQuery } from '@tanstack/react-query'
import type { Address, RunId } from '../../../model/ids.ts'
import type { Json } from '../../../model/json.ts'
import { useApi } from '../../state/client.ts'

/** A stored value of a run; undefined until it is there, or where none is named. It never changes. */
export function useValue(run: RunId, address: Address | null | undefined): Json | undefined {
  const api = useApi()
  const isNamed = address !== null && address !== undefined
  return useQuery({
    queryKey: ['runs', 'value', run, address],
    queryFn: isNamed ? () => api.runs.value({ run, address }) : skipToken,
  }).data?.value
}
