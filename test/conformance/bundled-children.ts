/** Children as one file each: a process that is started hundreds of times spends half of its time in finding its modules. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { buildSync, type OutputFile } from 'esbuild'

const root = new URL('../../', import.meta.url).pathname
const cache = join(root, 'node_modules/.cache/cairn/children')
const sources = join(root, 'test/conformance/children')

/** What a child's store starts its threads from, by the name that it has beside the child. */
const threads = {
  'reader-thread': join(root, 'src/store/reader/thread.ts'),
  'index-thread': join(root, 'src/store/index/thread.ts'),
}

const bundled = new Map<string, string>()

/** The bundle of `name`, a file of `children/`, as it is now. Whoever asks again is answered with the same. */
export function bundledChild(name: string): string {
  const known = bundled.get(name)
  if (known !== undefined) return known
  const { outputFiles } = buildSync({
    entryPoints: { child: join(sources, name), ...threads },
    outdir: cache,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', 'yaml'],
    outExtension: { '.js': '.mjs' },
  })
  const file = join(keep(outputFiles), 'child.mjs')
  bundled.set(name, file)
  return file
}

/** A folder of these files that nobody changes any more, whoever else makes the same at the same time. */
function keep(files: readonly OutputFile[]): string {
  const digest = files.reduce((hash, { contents }) => hash.update(contents), createHash('sha256')).digest('hex')
  const folder = join(cache, digest)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const making = mkdtempSync(join(cache, 'making-'))
  for (const { path, contents } of files) {
    const to = join(making, relative(cache, path))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, contents)
  }
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
