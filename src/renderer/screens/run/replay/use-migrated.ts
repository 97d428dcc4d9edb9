import { useQuery } from '@tanstack/react-query'
import type { RevisionHash } from '../../../../model/ids.ts'
import type { Json } from '../../../../model/json.ts'
import { useApi } from '../../../state/client.ts'
import { useCalmly } from '../state/calm.ts'

/** Values by their key. */
export type Migrated = ReadonlyMap<string, Json>

const none: Migrated = new Map()

/**
 * What another revision makes of the values of a checkpoint, where it makes others of them: an edit begins with those. A checkpoint and a
 * revision never change, so it is read once. Undefined until it is known; none where it cannot be said, and where no other is named.
 */
export function useMigrated(checkpoint: number, revision: RevisionHash | undefined): Migrated | undefined {
  const api = useApi()
  const run = useCalmly((known) => known.run.detail.record.id)
  const { data, isError } = useQuery({
    queryKey: ['migrated', run, checkpoint, revision],
    queryFn: async ({ signal }) => {
      const told = await api.runs.previewReplay({ run, checkpoint, definition: 'present' }, { signal })
      // The file was saved meanwhile: what is told is kept for the revision that it is of, or not at all.
      if (told.revision.hash !== revision) throw new Error('the definition is another by now')
      return told.migrated
    },
    select: (migrated): Migrated => new Map(migrated.map(({ key, after }) => [key, after])),
    enabled: revision !== undefined,
    staleTime: Infinity,
  })
  return revision === undefined || isError ? none : data
}
