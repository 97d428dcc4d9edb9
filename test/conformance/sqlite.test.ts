import { ScratchStore } from './scratch-store.ts'
import { storageConformance } from './storage.ts'

storageConformance('SQLite', async () => {
  const scratch = new ScratchStore()
  const { storage } = await scratch.open()
  return { storage, close: () => scratch.remove() }
})
