import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { RevisionHash } from '../../../../model/ids.ts'
import type { Manifest } from '../../../../model/manifest.ts'
import type { DefinitionChoice } from '../../../../model/preview.ts'
import { type Present, usePresent } from '../restore/use-present.ts'
import { useManifest } from '../state/pinned.ts'
import { useView } from '../state/view.ts'
import { type Migrated, useMigrated } from './use-migrated.ts'

/** What a replay goes by. */
export interface GoesBy {
  readonly present: Present | undefined
  readonly definition: DefinitionChoice
  /** Set where that is another than the moment's own. */
  readonly other: RevisionHash | undefined
  /** Undefined until it is read: which values there are to be edited, and how, hangs on it. */
  readonly manifest: Manifest | undefined
  /** What it makes of the values that are taken over; undefined until it is known. */
  readonly migrated: Migrated | undefined
}

/** What was wished for, as far as there is a choice at the moment. */
export function useDefinition(chosen: Checkpoint, wished: DefinitionChoice): GoesBy {
  const present = usePresent(chosen)
  const { manifest: pinned } = useView().detail
  const other = wished === 'present' && present?.state === 'other' ? present.revision : undefined
  const manifest = useManifest(other)
  const migrated = useMigrated(chosen.number, other)
  const isUndecided = wished === 'present' && present === undefined
  return {
    present,
    definition: other === undefined ? 'pinned' : 'present',
    other,
    manifest: other === undefined && !isUndecided ? pinned : manifest,
    migrated,
  }
}
