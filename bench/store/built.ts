/** What a start is measured of: programs of one file, as a host is shipped, and not its many sources. */
import { join } from 'node:path'
import { build } from 'esbuild'

const project = join(import.meta.dirname, '..', '..')
const folder = join(project, 'bench', 'built')
const needsRequire = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"

/** Builds what takes up a run and the threads that it starts; answers its file. */
export async function built(): Promise<string> {
  await build({
    entryPoints: {
      resume: join(import.meta.dirname, 'resume.ts'),
      reader: join(project, 'src', 'store', 'reader', 'thread.ts'),
      indexer: join(project, 'src', 'store', 'index', 'thread.ts'),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', '@langchain/*', 'openworkflow', 'openworkflow/*'],
    banner: { js: needsRequire },
    logLevel: 'error',
  })
  return join(folder, 'resume.js')
}
