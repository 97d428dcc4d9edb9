/** What a child's store starts its threads from: they stand beside a child that is bundled, and among the sources otherwise. */
const beside = (name: string, source: string): URL => new URL(import.meta.url.endsWith('.mjs') ? `./${name}.mjs` : source, import.meta.url)

export const threads = {
  readerEntry: beside('reader-thread', '../../../src/store/reader/thread.ts'),
  indexEntry: beside('index-thread', '../../../src/store/index/thread.ts'),
  copierEntry: beside('copier-thread', '../../../src/store/wal/thread.ts'),
}

/** The same of a child that dies at a point (`deadly.ts`). */
export const deadlyThreads = { ...threads, copierEntry: beside('deadly-copier-thread', './deadly-copier.ts') }
