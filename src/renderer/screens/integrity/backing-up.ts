/** A backup that was asked for here. It goes on, and is told of, when the screen is left. */
import { create } from 'zustand'
import type { Api } from '../../../contract/index.ts'
import type { BackupProgress } from '../../../model/backup.ts'
import { bytes } from '../../../model/bytes.ts'
import { tell } from '../../widgets/feedback/toasts.tsx'

/** Null where none is being made. */
export const useBackingUp = create<{ readonly progress: BackupProgress | null }>()(() => ({ progress: null }))

/** Begins a backup; where one is being made, nothing. */
export async function backUp(api: Api): Promise<void> {
  if (useBackingUp.getState().progress !== null) return
  useBackingUp.setState({ progress: { type: 'copied', pages: 0, of: 0 } })
  try {
    for await (const item of await api.backups.make()) {
      if (item.type === 'made') tell.done('The store is backed up', `${item.backup.file}, ${bytes(item.backup.bytes)}, verified`)
      else useBackingUp.setState({ progress: item })
    }
  } catch (error) {
    tell.failed('The store was not backed up', error instanceof Error ? error.message : String(error))
  } finally {
    useBackingUp.setState({ progress: null })
  }
}
