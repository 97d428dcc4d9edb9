import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { WorkflowName } from '../../../model/ids.ts'
import type { Metrics } from '../../../model/metrics.ts'
import { useApi } from '../../state/client.ts'
import { hostTime, useNow } from '../../state/now.ts'
import { type RangeName, ranges } from './ranges.ts'
import { slide } from './slide.ts'

/** The figures of a range that ends now; undefined until they are known. */
export function useMetrics(range: RangeName, workflow: WorkflowName | undefined): Metrics | undefined {
  const api = useApi()
  const now = useNow()
  const { data } = useQuery({
    queryKey: ['metrics', 'range', range, workflow],
    queryFn: async () => {
      const to = await hostTime()
      return api.metrics.get({ from: to - ranges[range].length, to, workflow })
    },
    placeholderData: keepPreviousData,
    meta: { follows: ['runs'], pace: 2_000 },
  })
  return useMemo(() => data && slide(data, now), [data, now])
}
