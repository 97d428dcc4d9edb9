/** Retention of a store that others use meanwhile: something happens before each of its transactions, from the first on. */
import type { Clock } from '../../src/engine/ports.ts'
import type { Store } from '../../src/store/open-store.ts'
import { storePaths } from '../../src/store/paths.ts'
import { RetentionKeeper } from '../../src/store/retention/retention-keeper.ts'
import { SqliteStorage } from '../../src/store/storage.ts'
import { bundledThreads } from './bundled-threads.ts'
import type { ScratchStore } from './scratch-store.ts'

export function retentionBeside({ workspace, clock }: ScratchStore, { storage, head }: Store, happens: (transaction: number) => Promise<unknown>): RetentionKeeper {
  if (!(storage instanceof SqliteStorage)) throw new Error('a store is made of another storage')
  const paths = storePaths(workspace)
  const restless: Clock = {
    now: () => clock.now(),
    at: (_, call) => {
      call()
      return () => undefined
    },
  }
  let transactions = 0
  const behind = async <T>(transact: () => Promise<T>): Promise<T> => {
    await happens(transactions)
    transactions += 1
    return transact()
  }
  return new RetentionKeeper({
    ...{ entry: bundledThreads().readerEntry, workspace, clock: restless, file: paths.store, memory: paths.retention },
    head: () => head().position,
    remove: (removal) => behind(() => storage.remove(removal)),
    trim: (order) => behind(() => storage.trim(order)),
    giveBack: () => Promise.resolve(false),
    settle: () => Promise.resolve(),
    troubled: () => undefined,
  })
}
