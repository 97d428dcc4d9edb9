import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readAnchor, writeAnchor } from '../anchor.ts'
import { storePaths } from '../paths.ts'
import type { JournalHead } from '../read/journal.ts'
import { syncFolder } from '../sync-folder.ts'
import { removeStore } from './copy-store.ts'

/**
 * Puts a store, synced and closed, in the place of a workspace's. Until it is there the anchor names both heads: wherever the
 * process dies, it fits what is there. What was learnt of the store before is none of this one's, and goes.
 */
export async function takePlace(workspace: string, incoming: string, head: JournalHead): Promise<void> {
  const { store, anchor, index, patrol } = storePaths(workspace)
  await writeAnchor(anchor, { ...(readAnchor(anchor) ?? head), or: head })
  await rename(incoming, store)
  await syncFolder(dirname(store))
  await removeStore(index)
  await rm(patrol, { force: true })
  // The anchor fits already: where it cannot be written, whoever opens the store next writes it.
  await writeAnchor(anchor, head).catch(() => undefined)
}
