import { useQuery } from '@tanstack/react-query'
import type { DefinitionChoice, Preview } from '../../../../model/preview.ts'
import type { Failure } from '../../../../model/failure.ts'
import { useApi } from '../../../state/client.ts'
import { failuresOf } from '../../../state/failures.ts'
import { usePaced } from '../../../state/paced.ts'
import { useCalmly } from '../state/calm.ts'

/** How often it is read anew while the run moves, in milliseconds. */
const pace = 500

export interface Foreseen {
  readonly preview: Preview | undefined
  /** Why it cannot be told, or cannot be done. */
  readonly problem: string | undefined
  /** What of the definition stands in the way. */
  readonly refused: readonly Failure[]
  /** The run has moved since. */
  readonly isOld: boolean
}

/** What going back to a checkpoint leads to, read anew as the run moves. */
export function usePreview(checkpoint: number, definition: DefinitionChoice): Foreseen {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const newest = useCalmly((known) => known.run.detail.record.version)
  const version = usePaced(newest, pace)
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview', run, checkpoint, definition, version],
    queryFn: ({ signal }) => api.runs.preview({ run, checkpoint, definition }, { signal }),
    placeholderData: (before, query) => (before?.checkpoint === checkpoint && query?.queryKey[3] === definition ? before : undefined),
    gcTime: 0,
  })
  return { preview: data, problem: error?.message, refused: failuresOf(error), isOld: isPlaceholderData || newest !== version }
}
