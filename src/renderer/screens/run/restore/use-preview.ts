import { useQuery } from '@tanstack/react-query'
import type { Preview } from '../../../../model/preview.ts'
import { useApi } from '../../../state/client.ts'
import { usePaced } from '../../../state/paced.ts'
import { useCalmly } from '../state/calm.ts'

/** How often it is read anew while the run moves, in milliseconds. */
const pace = 500

export interface Foreseen {
  readonly preview: Preview | undefined
  /** Why it cannot be told, or cannot be done. */
  readonly problem: string | undefined
  /** The run has moved since. */
  readonly isOld: boolean
}

/** What going back to a checkpoint leads to, read anew as the run moves. */
export function usePreview(checkpoint: number): Foreseen {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const newest = useCalmly((known) => known.run.detail.record.version)
  const version = usePaced(newest, pace)
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview', run, checkpoint, version],
    queryFn: ({ signal }) => api.runs.preview({ run, checkpoint }, { signal }),
    placeholderData: (before) => (before?.checkpoint === checkpoint ? before : undefined),
    gcTime: 0,
  })
  return { preview: data, problem: error?.message, isOld: isPlaceholderData || newest !== version }
}
