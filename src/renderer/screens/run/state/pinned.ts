import { queryOptions, skipToken, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { createContext } from 'react'
import type { Api } from '../../../../contract/index.ts'
import type { RevisionHash } from '../../../../model/ids.ts'
import type { Manifest } from '../../../../model/manifest.ts'
import { useApi } from '../../../state/client.ts'
import { type FollowingStore, useKnown } from './following.ts'

/** A definition by its revision, which never changes; undefined until it is read, and where none is named. */
export function useManifest(revision: RevisionHash | undefined): Manifest | undefined {
  return useQuery(reading(useApi(), revision)).data?.manifest
}

/** By their revision. */
export type Manifests = ReadonlyMap<RevisionHash, Manifest>

/**
 * The definitions that branches of the run have and the run itself no longer has, as far as they are read. They are read
 * with the run: whoever draws a moment has them at hand.
 */
export function usePinnedManifests(store: FollowingStore): Manifests {
  const api = useApi()
  const present = useKnown(store, ({ run }) => run.detail.record.revision)
  const branches = useKnown(store, (known) => known.branches)
  const others = new Set(branches.map(({ revision }) => revision).filter((revision) => revision !== present))
  return useQueries({ queries: [...others].map((revision) => reading(api, revision)), combine: byRevision })
}

export const PinnedContext = createContext<Manifests>(new Map())

interface Pinned {
  readonly revision: RevisionHash
  readonly manifest: Manifest
}

function reading(api: Api, revision: RevisionHash | undefined) {
  const read = async (of: RevisionHash): Promise<Pinned> => ({ revision: of, manifest: (await api.workflows.revision({ revision: of })).manifest })
  return queryOptions({ queryKey: ['workflows', 'manifest', revision], queryFn: revision === undefined ? skipToken : () => read(revision) })
}

function byRevision(results: readonly UseQueryResult<Pinned>[]): Manifests {
  return new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.revision, data.manifest] as const])))
}
