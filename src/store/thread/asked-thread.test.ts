import { expect, test } from 'vitest'
import { AskedThread } from './asked-thread.ts'
import { StorageFailed } from '../../model/storage-errors.ts'

interface Nothing {
  look(): void
  close(): void
}

/** Node throws at once where a thread cannot be started: for the system that has no room for one, an entry that is no path stands here. */
test('a thread that cannot be started rejects, each time that it is asked, and closes', async () => {
  const thread = new AskedThread<Nothing>({ entry: 'no-path.js', workspace: '/', name: 'reader' })
  for (const _ of [1, 2]) {
    await expect(thread.ask('look')).rejects.toThrow(StorageFailed)
    await expect(thread.ask('look')).rejects.toThrow(/^the reader could not be started \(.+\): ask again$/)
  }
  await thread.close()
  await expect(thread.ask('look')).rejects.toThrow('the store is closed')
})
