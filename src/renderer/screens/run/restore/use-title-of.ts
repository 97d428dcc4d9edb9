import { useMemo } from 'react'
import type { RevisionHash } from '../../../../model/ids.ts'
import type { Preview } from '../../../../model/preview.ts'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { useManifest } from '../state/pinned.ts'
import { useView } from '../state/view.ts'

/** What the definition calls its steps; where another revision is named, by what that calls them. */
export function useTitleOf(revision?: RevisionHash): TitleOf {
  const { steps } = useView().detail.manifest
  const other = useManifest(revision)
  return useMemo(() => {
    const titles = new Map([...steps, ...(other?.steps ?? [])].map(({ id, title }) => [id, title]))
    return (step) => titles.get(step) ?? step
  }, [steps, other])
}

/** What the steps of a preview are called: it may be of another definition. */
export function useTitlesIn(preview: Pick<Preview, 'migration' | 'revision'> | undefined): TitleOf {
  const isOther = (preview?.migration ?? null) !== null
  return useTitleOf(isOther ? preview?.revision.hash : undefined)
}
