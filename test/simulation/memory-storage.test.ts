import { storageConformance } from '../conformance/storage.ts'
import { Dice } from './dice.ts'
import { Disk, MemoryStorage } from './memory-storage.ts'

storageConformance('storage in memory', async () => ({
  storage: new MemoryStorage({ disk: new Disk(), randomness: new Dice(1), defer: (flush) => setImmediate(flush) }),
  close: () => Promise.resolve(),
}))
