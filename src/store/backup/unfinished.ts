/** What takes a store's place is made beside it, under names that are only ever this: whoever owns the workspace and makes none may remove them. */
import { storePaths } from '../paths.ts'
import { removeStore } from './copy-store.ts'

/** Removes what bringing a backup back, and encrypting, have left where they were killed. To be called by the workspace's owner alone. */
export async function removeUnfinished(workspace: string): Promise<void> {
  const { incoming, encrypting } = storePaths(workspace)
  for (const file of [incoming, encrypting]) await removeStore(file)
}
