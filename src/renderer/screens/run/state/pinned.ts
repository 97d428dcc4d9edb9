import { skipToken, useQuery } from '@tanstack/react-query'
import type { RevisionHash } from '../../../../model/ids.ts'
import type { Manifest } from '../../../../model/manifest.ts'
import { useApi } from '../../../state/client.ts'

/** A definition by its revision, which never changes; undefined until it is read, and where none is named. */
export function useManifest(revision: RevisionHash | undefined): Manifest | undefined {
  const api = useApi()
  return useQuery({
    queryKey: ['workflows', 'manifest', revision],
    queryFn: revision === undefined ? skipToken : async () => (await api.workflows.revision({ revision })).manifest,
  }).data
}
