/** What is measured: programs of few files, as a host is shipped, and not its many sources and what it takes to read them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { makeSdk } from '../../src/effects/loader/child/sdk-module.ts'

const project = join(import.meta.dirname, '..', '..')
const folder = join(project, 'bench', 'built')
const needsRequire = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url)"

export interface Programs {
  readonly measure: string
  readonly resume: string
}

const source = (...path: string[]): string => join(project, 'src', ...path)

/** As in the bundles that are shipped: one zod, whatever else of the bench has one too, and none of its languages but English. */
const shippedZod: Plugin = {
  name: 'shipped-zod',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod$/ }, () => ({ path: join(project, 'node_modules', 'zod', 'index.js') }))
    onResolve({ filter: /\/locales\/index\.js$/ }, () => ({ path: 'locales', namespace: 'left-out' }))
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'export {}' }))
  },
}

/** Builds the programs, and beside them the threads and processes that they start, and what workflows import. */
export async function built(): Promise<Programs> {
  await build({
    entryPoints: {
      measure: join(import.meta.dirname, 'measure.ts'),
      resume: join(import.meta.dirname, 'resume.ts'),
      reader: source('store', 'reader', 'thread.ts'),
      indexer: source('store', 'index', 'thread.ts'),
      copier: source('store', 'wal', 'thread.ts'),
      executor: source('effects', 'executor', 'child', 'main.ts'),
      loader: source('effects', 'loader', 'child', 'main.ts'),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    plugins: [shippedZod],
    external: ['better-sqlite3', 'esbuild', '@langchain/*', 'openworkflow', 'openworkflow/*', '@dbos-inc/*', '@restatedev/*'],
    banner: { js: needsRequire },
    logLevel: 'error',
  })
  await writeFile(join(folder, 'sdk.js'), await makeSdk(source('sdk', 'index.ts')))
  return { measure: join(folder, 'measure.js'), resume: join(folder, 'resume.js') }
}
