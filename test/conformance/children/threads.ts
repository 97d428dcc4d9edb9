/** What a child's store starts its threads from: they stand beside a child that is bundled, and among the sources otherwise. */
const beside = (name: string, source: string): URL =>
  new URL(import.meta.url.endsWith('.mjs') ? `./${name}.mjs` : `../../../src/store/${source}`, import.meta.url)

export const threads = {
  readerEntry: beside('reader-thread', 'reader/thread.ts'),
  indexEntry: beside('index-thread', 'index/thread.ts'),
  copierEntry: beside('copier-thread', 'wal/thread.ts'),
}
