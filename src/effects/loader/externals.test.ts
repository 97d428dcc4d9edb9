import { expect, test } from 'vitest'
import { TestWorkspace } from './workspace.fixture.ts'

/** Packages of four kinds: plain, native, one that imports by a computed name, and one that imports the native one. */
const packages = {
  'node_modules/plain/package.json': '{ "name": "plain", "version": "1.0.0" }',
  'node_modules/plain/index.js': 'exports.word = "plain"',
  'node_modules/native/package.json': '{ "name": "native", "version": "2.1.0" }',
  'node_modules/native/index.js': 'exports.load = () => require("./build/native.node")',
  'node_modules/native/build/native.node': '\u0000',
  'node_modules/@team/plugins/package.json': '{ "name": "@team/plugins", "version": "3.0.0" }',
  'node_modules/@team/plugins/index.js': 'exports.load = (name) => require(name)',
  'node_modules/wrapper/package.json': '{ "name": "wrapper", "version": "4.0.0" }',
  'node_modules/wrapper/index.js': 'exports.load = require("native").load',
}

const uses = (name: string, options = ''): string => `
  import { workflow, z } from 'cairn'
  import * as used from '${name}'
  export default workflow('w', { version: 1, input: z.object({}), ${options} }).step('a', () => String(used))`

const depends = (...names: string[]): object => ({
  'package.json': JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) }),
})

test('a package that can be bundled is, whether it is declared or not', async () => {
  await using workspace = await TestWorkspace.create({ ...packages, 'workflows/w.ts': uses('plain') })
  const { manifest, bundle } = await workspace.load('workflows/w.ts')
  expect(manifest.externals).toEqual([])
  expect(bundle).toContain('"plain"')
})

test.each([
  ['native', '2.1.0'],
  ['@team/plugins', '3.0.0'],
])('%s stays outside where package.json declares it, and its version is kept', async (name, version) => {
  await using workspace = await TestWorkspace.create({ ...packages, ...depends(name), 'workflows/w.ts': uses(name) })
  const { manifest, bundle } = await workspace.load('workflows/w.ts')
  expect(manifest.externals).toEqual([{ name, version }])
  expect(bundle).toContain(`require("${name}")`)
})

test('so it does where the workflow names it', async () => {
  const text = uses('native', "externals: ['native']")
  await using workspace = await TestWorkspace.create({ ...packages, 'workflows/w.ts': text })
  expect(await workspace.load('workflows/w.ts')).toMatchObject({
    manifest: { externals: [{ name: 'native', version: '2.1.0' }] },
  })
})

test('undeclared, it is refused, by the name that the author imports', async () => {
  await using workspace = await TestWorkspace.create({
    ...packages,
    'workflows/native.ts': uses('native'),
    'workflows/plugins.ts': uses('@team/plugins'),
    'workflows/wrapper.ts': uses('wrapper'),
  })
  expect(await workspace.refusal('workflows/native.ts')).toMatchObject([
    { code: 'external_undeclared', message: expect.stringMatching(/: native cannot .+native\.node is native code$/) },
  ])
  expect(await workspace.refusal('workflows/plugins.ts')).toMatchObject([
    { code: 'external_undeclared', message: expect.stringMatching(/: @team\/plugins cannot .+requires a module whose name/) },
  ])
  expect(await workspace.refusal('workflows/wrapper.ts')).toMatchObject([
    { code: 'external_undeclared', message: expect.stringMatching(/: wrapper cannot .+native\.node is native code$/) },
  ])
})

test('of the packages on the way, the nearest that is declared stays outside', async () => {
  await using workspace = await TestWorkspace.create({
    ...packages,
    ...depends('wrapper', 'native'),
    'workflows/w.ts': uses('wrapper'),
  })
  const { manifest, bundle } = await workspace.load('workflows/w.ts')
  expect(manifest.externals).toEqual([{ name: 'native', version: '2.1.0' }])
  expect(bundle).not.toContain('require("wrapper")')
})

test('what stays outside must be there to be loaded', async () => {
  await using workspace = await TestWorkspace.create({
    'node_modules/wrapper/package.json': packages['node_modules/wrapper/package.json'],
    'node_modules/wrapper/index.js': packages['node_modules/wrapper/index.js'],
    'node_modules/wrapper/node_modules/native/index.js': packages['node_modules/native/index.js'],
    'node_modules/wrapper/node_modules/native/build/native.node': '\u0000',
    ...depends('native'),
    'workflows/w.ts': uses('wrapper'),
  })
  expect(await workspace.refusal('workflows/w.ts')).toMatchObject([
    { code: 'external_missing', wayOut: 'install it in the workspace: npm install native' },
  ])
})

test('a package that is imported by its path cannot stay outside', async () => {
  await using workspace = await TestWorkspace.create({
    ...packages,
    ...depends('native'),
    'workflows/w.ts': uses('../node_modules/native/index.js'),
  })
  expect(await workspace.refusal('workflows/w.ts')).toMatchObject([{ code: 'bundle_failed' }])
})

test('tsconfig.json above the workspace does not reach into it', async () => {
  await using above = await TestWorkspace.create({
    'tsconfig.json': '{ "compilerOptions": { "paths": { "plain": ["./elsewhere.ts"] } } }',
    'elsewhere.ts': 'export const word = "elsewhere"',
    'inner/workflows/w.ts': uses('plain'),
    'inner/node_modules/plain/index.js': packages['node_modules/plain/index.js'],
  })
  const { bundle } = await above.load('workflows/w.ts', {}, 'inner')
  expect(bundle).not.toContain('elsewhere')
})
