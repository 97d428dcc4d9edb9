import { workspaceKey } from '../../src/store/crypt/workspace-key.ts'
import type { StoreOptions } from '../../src/store/open-store.ts'
import { ScratchStore } from './scratch-store.ts'
import { type Opened, storageConformance } from './storage.ts'

const key = workspaceKey(Buffer.alloc(32, 7))

storageConformance('SQLite', () => opened())
storageConformance('Encrypted SQLite', () => opened({ key }))

async function opened(options: Partial<StoreOptions> = {}): Promise<Opened> {
  const scratch = new ScratchStore()
  const { storage } = await scratch.open(options)
  return { storage, close: () => scratch.remove() }
}
