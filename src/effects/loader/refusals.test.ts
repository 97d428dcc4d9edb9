import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { module, TestWorkspace } from './workspace.fixture.ts'

/** What is said of a module that is wrong in one way. */
async function only(text: string, options: { timeout?: number; memory?: number } = {}): Promise<object | undefined> {
  await using workspace = await TestWorkspace.create({ 'workflows/bad.ts': text })
  const problems = await workspace.refusal('workflows/bad.ts', options)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ file: 'workflows/bad.ts', message: expect.stringMatching(/^workflows\/bad\.ts: ./) })
  expect(problems[0]?.wayOut).not.toBe('')
  return problems[0]
}

test('an untrusted folder runs nothing', async () => {
  await using workspace = await TestWorkspace.create()
  const mark = join(workspace.root, 'ran')
  const top = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, '')`
  await workspace.write({ 'workflows/a.ts': module('a', { top }) })
  const trust = { isTrusted: async () => false }
  expect(await workspace.refusal('workflows/a.ts', { trust })).toMatchObject([{ code: 'untrusted_folder' }])
  await expect(access(mark)).rejects.toThrow('ENOENT')
  await workspace.load('workflows/a.ts')
  await access(mark)
})

test('a file outside the folder is not what was trusted', async () => {
  await using other = await TestWorkspace.create({ 'workflows/a.ts': module('a') })
  await using workspace = await TestWorkspace.create()
  for (const file of [join(other.root, 'workflows/a.ts'), '../workflows/a.ts', 'workflows/../../a.ts']) {
    expect(await workspace.refusal(file)).toMatchObject([{ code: 'untrusted_folder' }])
  }
})

test('every problem of a definition comes out of the process at once', async () => {
  await using workspace = await TestWorkspace.create({
    'workflows/bad.js': `
      import { workflow, z } from 'cairn'
      export default workflow('bad', { version: 1, input: z.object({}) })
        .step('a', { needs: ['nobody'], timeout: 'soon' }, () => 1)
        .step('a', () => 2)
        .approval('ask', { needs: ['a'], actions: { primary: 'ok' }, edits: 'b.body' })`,
  })
  expect(await workspace.refusal('workflows/bad.js')).toMatchObject([
    { code: 'bad_duration', step: 'a', path: 'steps.a.timeout', class: 'validation', name: 'DefinitionError' },
    { code: 'duplicate_step', step: 'a' },
    { code: 'unknown_need', step: 'a' },
    { code: 'unknown_edit_target', step: 'ask' },
  ])
})

test.each([
  ['nothing', 'export const helper = 1', /no workflow, but nothing/],
  ['a number', 'export default 7', /but a value of type number/],
  ['the definition of somebody else', 'export default { definition: { name: "x" } }', /but a value of type object/],
])('a module whose default export is %s', async (_what, text, message) => {
  expect(await only(text)).toMatchObject({ code: 'no_default_export', message: expect.stringMatching(message) })
})

test('a module that does not parse, by line and column', async () => {
  expect(await only(module('a', { top: 'const x = = 1' }))).toMatchObject({
    code: 'bundle_failed',
    message: expect.stringContaining('workflows/bad.ts:2:11: Unexpected "="'),
  })
})

test('an import that leads nowhere', async () => {
  expect(await only(module('a', { top: "import './gone.ts'" }))).toMatchObject({
    code: 'import_failed',
    message: expect.stringContaining('Could not resolve "./gone.ts"'),
  })
  const zod = await only(module('a', { top: "import { z as other } from 'zod'; other.string()" }))
  expect(zod).toMatchObject({ code: 'import_failed', wayOut: "import { z } from 'cairn'" })
})

test('an import whose name only shows when it runs', async () => {
  const body = 'const name = String(1); return await import(name)'
  expect(await only(module('a', { body }))).toMatchObject({
    code: 'bundle_failed',
    message: expect.stringContaining('workflows/bad.ts: line 3 imports a module whose name is only known when it runs'),
  })
  expect(await only(module('a', { body: 'return import.meta.url' }))).toMatchObject({
    code: 'bundle_failed',
    message: expect.stringContaining('line 3 asks import.meta'),
  })
})

test('code that throws, by its own lines', async () => {
  await using workspace = await TestWorkspace.create({
    'lib/deep.ts': 'interface Padding {}\n\nexport function fail(): never {\n  throw new TypeError("no such setting")\n}\n',
    'workflows/bad.ts': module('a', { top: "import { fail } from '../lib/deep.ts'\nfail()" }),
  })
  const [problem] = await workspace.refusal('workflows/bad.ts')
  expect(problem).toMatchObject({ code: 'load_threw', message: expect.stringContaining('TypeError: no such setting') })
  const lines = problem?.stack?.split('\n').map((line) => line.trim())
  expect(lines).toEqual([
    'TypeError: no such setting',
    expect.stringMatching(/^at fail \(lib\/deep\.ts:4:9\)$/),
    expect.stringMatching(/workflows\/bad\.ts:3:1\)?$/),
  ])
})

test('code that throws a little later', async () => {
  expect(await only(module('a', { top: "queueMicrotask(() => { throw new Error('late') })" }))).toMatchObject({
    code: 'load_crashed',
    message: expect.stringContaining('ended with exit code 1, while its code ran: Error: late'),
  })
})

test('code that never returns', async () => {
  expect(await only(module('a', { top: 'for (;;);' }), { timeout: 3_000 })).toMatchObject({
    code: 'load_hung',
    message: expect.stringContaining('was not loaded within 3 s'),
  })
})

test('code that ends its process', async () => {
  expect(await only(module('a', { top: 'process.exit(0)' }))).toMatchObject({
    code: 'load_crashed',
    message: expect.stringContaining('ended with exit code 0, while its code ran'),
  })
  expect(await only(module('a', { top: "process.kill(process.pid, 'SIGKILL')" }))).toMatchObject({
    code: 'load_crashed',
    message: expect.stringContaining('ended by SIGKILL, while its code ran'),
  })
})

test('code that takes all the memory, of the heap or outside it', async () => {
  const take = (piece: string): string => module('a', { top: `const all: unknown[] = []; for (;;) all.push(${piece})` })
  const memory = 256 * 2 ** 20
  expect(await only(take('new Array(1e5).fill({})'), { memory })).toMatchObject({ code: 'load_crashed' })
  expect(await only(take('Buffer.alloc(2 ** 22, 1)'), { memory })).toMatchObject({
    code: 'load_crashed',
    message: expect.stringContaining('took more than 256 MB of memory'),
  })
})

/** A module that writes to the channel of its process what is in a file. */
function speak(file: string): string {
  const top = `import { readFileSync, writeSync } from 'node:fs'
    const text = readFileSync(${JSON.stringify(file)})
    for (let at = 0; at < text.length;) try { at += writeSync(3, text, at) } catch {}
    for (;;);`
  return module('a', { top })
}

test('code that speaks for the loader', async () => {
  await using workspace = await TestWorkspace.create()
  const forged = '{"type":"loaded","manifest":{}}\n'
  await workspace.write({ forged, 'workflows/a.ts': speak(join(workspace.root, 'forged')) })
  expect(await workspace.refusal('workflows/a.ts')).toMatchObject([
    { code: 'load_crashed', message: expect.stringContaining('said what no loader says') },
  ])
})

test('a manifest that no planner could walk is refused, whoever vouches for it', async () => {
  await using workspace = await TestWorkspace.create({ 'workflows/a.ts': module('a') })
  const { manifest, bundle, sources } = await workspace.load('workflows/a.ts')
  const steps = manifest.steps.map((step) => ({ ...step, needs: [step.id] }))
  const forged = `${JSON.stringify({ type: 'loaded', manifest: { ...manifest, steps }, bundle, sources })}\n`
  await workspace.write({ forged, 'workflows/a.ts': speak(join(workspace.root, 'forged')) })
  expect(await workspace.refusal('workflows/a.ts')).toMatchObject([{ code: 'cycle', step: 'one' }])
})
