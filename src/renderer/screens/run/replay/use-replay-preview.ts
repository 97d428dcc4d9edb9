import { useQuery } from '@tanstack/react-query'
import type { Failure } from '../../../../model/failure.ts'
import type { ReplayEdits, ReplayPreview } from '../../../../model/replay.ts'
import { useApi } from '../../../state/client.ts'
import { failuresOf } from '../../../state/failures.ts'
import { usePaced } from '../../../state/paced.ts'
import { useSettled } from '../../../state/settled.ts'
import { useCalmly } from '../state/calm.ts'
import type { GoesBy } from './use-definition.ts'

/** How long what is written must rest before it is asked what it leads to, in milliseconds. */
const rest = 400
/** How often it is read anew while the run that is replayed moves: the definition looks at each edit every time. */
const pace = 2_000

export interface Foretold {
  readonly told: ReplayPreview | undefined
  /** What the workflow has against the edits. */
  readonly refused: readonly Failure[]
  /** Why it cannot be told, or cannot be done. */
  readonly problem: string | undefined
  /** What is told is of other edits than what is written now. */
  readonly isOld: boolean
}

/** What a replay leads to, with the edits as they are written; undefined are edits that cannot be given. */
export function useReplayPreview(checkpoint: number, { definition, other }: Pick<GoesBy, 'definition' | 'other'>, edits: ReplayEdits | undefined): Foretold {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const version = usePaced(useCalmly((known) => known.run.detail.record.version), pace)
  const given = JSON.stringify(edits ?? null)
  const settled = useSettled(given, rest)
  const { data, error } = useQuery({
    queryKey: ['replay-preview', run, checkpoint, other, settled, version],
    queryFn: async ({ signal }) => {
      const of = settled
      const asked = { run, checkpoint, definition, ...(edits !== undefined && { edits }) }
      return { of, told: await api.runs.previewReplay(asked, { signal }) }
    },
    enabled: edits !== undefined && settled === given,
    placeholderData: (before, query) => (before?.told.checkpoint === checkpoint && query?.queryKey[3] === other ? before : undefined),
    gcTime: 0,
  })
  const isOld = settled !== given || (error === null && data?.of !== given)
  return { told: data?.told, refused: failuresOf(error), problem: error?.message, isOld }
}
