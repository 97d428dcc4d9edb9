import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readAnchor, writeAnchor } from '../anchor.ts'
import { storePaths } from '../paths.ts'
import type { JournalHead } from '../read/journal.ts'
import { syncFolder } from '../sync-folder.ts'

/**
 * Puts a store, synced and closed, in the place of a workspace's. Until it is there the anchor names both heads: wherever the
 * process dies, it fits what is there.
 */
export async function takePlace(workspace: string, incoming: string, head: JournalHead): Promise<void> {
  const { store, anchor } = storePaths(workspace)
  await writeAnchor(anchor, { ...(readAnchor(anchor) ?? head), or: head })
  await rename(incoming, store)
  await syncFolder(dirname(store))
  await writeAnchor(anchor, head)
}
