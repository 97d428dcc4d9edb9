import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { definitionOf } from '../../sdk/brand.ts'
import { forkExecutors } from '../executor/fork.ts'
import { bundlePlace } from './child/bundle.ts'
import { evaluate } from '../evaluate.ts'
import { makeSdk } from './child/sdk-module.ts'
import { loaderMemory } from './load-workflow.ts'
import { module, TestWorkspace } from './workspace.fixture.ts'

const greeting = {
  'workflows/hello.ts': `
    import { workflow, z } from 'cairn'
    import { greet } from '../lib/greet.ts'
    import letter from './letter.liquid'
    export default workflow('hello', { version: 1, input: z.object({ name: z.string() }) })
      .step('greet', ({ input }) => greet(input.name))
      .step('write', { needs: ['greet'] }, ({ outputs }) => letter + outputs.greet)`,
  'workflows/letter.liquid': 'Dear {{ name }}: ',
  'lib/greet.ts': 'export const greet = (name: string): string => `Hello ${name}`',
}

/** What a handler of a bundle answers. */
function run(bundle: string, root: string, step: string, call: object): unknown {
  const Module = z.object({ default: z.unknown() })
  const Steps = z.object({ steps: z.array(z.object({ id: z.string(), handler: z.custom<(given: object) => unknown>() })) })
  const { steps } = Steps.parse(definitionOf(Module.parse(evaluate(join(root, bundlePlace), bundle)).default))
  return steps.find(({ id }) => id === step)?.handler(call)
}

test('a module becomes a manifest and a bundle that does what it does', async () => {
  await using workspace = await TestWorkspace.create(greeting)
  const { manifest, bundle, hash, sources } = await workspace.load('workflows/hello.ts')
  expect(manifest).toMatchObject({ name: 'hello', file: 'workflows/hello.ts', steps: [{ id: 'greet' }, { id: 'write' }] })
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(run(bundle, workspace.root, 'greet', { input: { name: 'Ada' } })).toBe('Hello Ada')
  expect(run(bundle, workspace.root, 'write', { outputs: { greet: 'Hello' } })).toBe('Dear {{ name }}: Hello')
  const files = Object.keys(greeting).map((path) => join(workspace.root, path))
  expect(sources.files.map(({ path }) => path).toSorted()).toEqual(files.toSorted())
  expect(sources.folders.toSorted()).toEqual([join(workspace.root, 'lib'), join(workspace.root, 'workflows')])
})

test('the same sources give the same hash wherever they lie, and others another', async () => {
  await using here = await TestWorkspace.create(greeting)
  await using there = await TestWorkspace.create(greeting)
  const first = await here.load('workflows/hello.ts')
  const second = await there.load('workflows/hello.ts')
  expect(second).toMatchObject({ hash: first.hash, bundle: first.bundle })
  expect(first.bundle).not.toContain(here.root)
  expect(mapOf(first.bundle)).not.toContain(here.root)

  await there.write({ 'lib/greet.ts': 'export const greet = (name: string): string => `Good day ${name}`' })
  const third = await there.load('workflows/hello.ts')
  expect(third.hash).not.toBe(first.hash)
  expect(third.manifest).toEqual(first.manifest)
})

test('the source map has the sources of the author, in full, and nobody else', async () => {
  await using workspace = await TestWorkspace.create(greeting)
  const { bundle } = await workspace.load('workflows/hello.ts')
  const Map = z.object({ sources: z.array(z.string()), sourcesContent: z.array(z.string().nullable()) })
  const { sources, sourcesContent } = Map.parse(JSON.parse(mapOf(bundle)))
  const told = sources.flatMap((source, index) => (sourcesContent[index] ? [[source, sourcesContent[index]]] : []))
  expect(Object.fromEntries(told)).toMatchObject({
    '../../workflows/hello.ts': greeting['workflows/hello.ts'],
    '../../lib/greet.ts': greeting['lib/greet.ts'],
  })
  expect(told.length).toBeLessThanOrEqual(Object.keys(greeting).length)
})

function mapOf(bundle: string): string {
  return Buffer.from(bundle.split('base64,').at(-1) ?? '', 'base64').toString()
}

const plain = "workflow('w', { version: 1, input: z.any() }).step('a', () => 1)"

test.each([
  ['mjs', `import { workflow, z } from 'cairn'; export default ${plain}`],
  ['js', `const { workflow, z } = require('cairn'); module.exports = ${plain}`],
  ['mts', `import { workflow, z } from 'cairn'; const w: object = ${plain}; export { w as default }`],
])('a module may be written as .%s', async (extension, text) => {
  const file = `workflows/w.${extension}`
  await using workspace = await TestWorkspace.create({ [file]: text })
  expect(await workspace.load(file)).toMatchObject({ manifest: { name: 'w', steps: [{ id: 'a' }] } })
})

test('a loader that was bundled, with an SDK that was made before, does what the sources do', async () => {
  await using built = await mkdtempDisposable(join(tmpdir(), 'cairn-bundled-'))
  await using workspace = await TestWorkspace.create(greeting)
  const from = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
  const js = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`
  const common = { bundle: true, minify: true, platform: 'node', format: 'esm', banner: { js }, outdir: built.path } as const
  const outExtension = { '.js': '.mjs' }
  const [source, made] = [from('../../sdk/index.ts'), join(built.path, 'sdk.js')]
  await writeFile(made, await makeSdk(source))
  // The compiler is a program of its own: it stays where it was installed.
  const plugins = [stay('esbuild', import.meta.resolve('esbuild'))]
  await build({ ...common, entryPoints: { loader: from('child/main.ts') }, outExtension, plugins })

  const started = (entry: string) => forkExecutors({ entry, memory: loaderMemory })
  const start = started(join(built.path, 'loader.mjs'))
  const { hash, manifest, bundle } = await workspace.load('workflows/hello.ts', { start, sdk: made })
  const unbuilt = { start: started(from('child/main.ts')), sdk: source }
  expect(await workspace.load('workflows/hello.ts', unbuilt)).toMatchObject({ hash, manifest, bundle })
  expect(run(bundle, workspace.root, 'greet', { input: { name: 'Ada' } })).toBe('Hello Ada')
  await workspace.write({ 'workflows/bad.ts': module('bad', { top: "throw new Error('here')" }) })
  expect(await workspace.refusal('workflows/bad.ts', { start, sdk: made })).toMatchObject([
    { code: 'load_threw', stack: expect.stringMatching(/^Error: here\n.+workflows\/bad\.ts:2:7\)?$/) },
  ])
})

/** Leaves a package out, by the address at which it is now. */
function stay(name: string, path: string): Plugin {
  const filter = new RegExp(`^${name}$`)
  return { name: 'stay', setup: ({ onResolve }) => onResolve({ filter }, () => ({ path, external: true })) }
}
