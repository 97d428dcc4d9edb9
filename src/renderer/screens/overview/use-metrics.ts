import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { WorkflowName } from '../../../model/ids.ts'
import type { Metrics } from '../../../model/metrics.ts'
import { useApi } from '../../state/client.ts'
import { hostTime, useNow } from '../../state/now.ts'
import { type RangeName, ranges } from './ranges.ts'
import { slide } from './slide.ts'

export interface Told {
  /** Undefined until they are known. */
  readonly metrics: Metrics | undefined
  /** Why they cannot be told now; older ones may stand meanwhile. */
  readonly error: Error | null
}

/** The figures of a range that ends now. */
export function useMetrics(range: RangeName, workflow: WorkflowName | undefined): Told {
  const api = useApi()
  const now = useNow()
  const { data, error } = useQuery({
    queryKey: ['metrics', 'range', range, workflow],
    queryFn: async () => {
      const to = await hostTime()
      return api.metrics.get({ from: to - ranges[range].length, to, workflow })
    },
    placeholderData: keepPreviousData,
    meta: { follows: ['runs'], pace: 2_000 },
  })
  return { metrics: useMemo(() => data && slide(data, now), [data, now]), error }
}
