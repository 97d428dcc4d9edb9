/** Children as one file each: a process that is started hundreds of times spends half of its time in finding its modules. */
import { join } from 'node:path'
import { bundledFolder } from '../bundled-folder.ts'

const root = new URL('../../', import.meta.url).pathname

/** What a child's store starts its threads from, by the name that it has beside the child. */
const threads = {
  'reader-thread': join(root, 'src/store/reader/thread.ts'),
  'index-thread': join(root, 'src/store/index/thread.ts'),
  'copier-thread': join(root, 'src/store/wal/thread.ts'),
  'deadly-copier-thread': join(root, 'test/conformance/children/deadly-copier.ts'),
}

const bundled = new Map<string, string>()

/** The bundle of `name`, a file of `children/`, as it is now. Whoever asks again is answered with the same. */
export function bundledChild(name: string): string {
  const known = bundled.get(name)
  if (known !== undefined) return known
  const file = join(bundledFolder({ entries: { child: join(root, 'test/conformance/children', name), ...threads } }), 'child.mjs')
  bundled.set(name, file)
  return file
}
