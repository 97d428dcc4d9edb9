import { join } from 'node:path'

/** What the store keeps in a workspace. */
export function storePaths(workspace: string) {
  const folder = join(workspace, '.cairn')
  return {
    folder,
    store: join(folder, 'store.db'),
    /** What is to take the store's place: a backup that is brought back, and the store itself, encrypted. */
    incoming: join(folder, 'store.db.incoming'),
    encrypting: join(folder, 'store.db.encrypting'),
    index: join(folder, 'index.db'),
    anchor: join(folder, 'anchor.json'),
    patrol: join(folder, 'patrol.json'),
    retention: join(folder, 'retention.json'),
    ownerLock: join(folder, 'owner.db'),
    owner: join(folder, 'owner.json'),
  }
}
