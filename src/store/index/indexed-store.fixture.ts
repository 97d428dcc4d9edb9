import { sampleRevision } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { storePaths } from '../paths.ts'
import { JournalIndex } from './journal-index.ts'

/** A store of a test's own that holds a revision, and an index that reads its journal. */
export async function openIndexed() {
  const scratch = new ScratchStore()
  const store = await scratch.open()
  await store.storage.saveRevision(sampleRevision)
  const index = new JournalIndex(storePaths(scratch.workspace))
  const remove = async (): Promise<void> => {
    index.close()
    await scratch.remove()
  }
  return { scratch, store, index, remove }
}
