import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { killHostWhile } from './doomed-host.fixture.ts'
import { TestExecution } from './execution.fixture.ts'
import { forkExecutors } from './fork.ts'

const source = fileURLToPath(new URL('child/main.ts', import.meta.url))

describe('what an executor is made of', () => {
  it('brings along what mails are written with only once a step writes one', async () => {
    const { metafile } = await build({ entryPoints: [source], outdir: 'out', bundle: true, splitting: true, write: false, metafile: true, platform: 'node', format: 'esm' })
    const { outputs } = metafile
    const packagesOf = (file: string): string[] => {
      const { inputs = {}, imports = [] } = outputs[file] ?? {}
      const own = Object.keys(inputs).flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? [])
      return [...own, ...imports.filter(({ kind }) => kind === 'import-statement').flatMap(({ path }) => packagesOf(path))]
    }
    const packages = new Set(packagesOf('out/main.js'))
    expect(packages).toContain('zod')
    expect(packages).not.toContain('nodemailer')
  })
})

describe('an executor that was bundled and minified', () => {
  it('does what its source does', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'cairn-bundled-'))
    const entry = join(folder.path, 'executor.mjs')
    // What is CommonJS in the bundle asks for Node's modules by require.
    const js = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`
    await build({ entryPoints: [source], outfile: entry, bundle: true, minify: true, platform: 'node', format: 'esm', banner: { js } })
    await using host = await TestExecution.start(
      `{ id: 'throws', kind: 'code', options: {}, handler: () => { throw new Error('here') } }`,
      { startProcess: forkExecutors({ entry, memory: 512 * 2 ** 20 }) },
    )
    expect(await host.run('throws')).toMatchObject({
      type: 'failed',
      failure: { message: 'here', stack: expect.stringMatching(/^Error: here\n.+workflows\/test\.ts:\d+:\d+\)$/) },
    })
    await killHostWhile('for (;;);', entry)
  })
})
