import { execFile } from 'node:child_process'
import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emitTypes } from '../../scripts/emit-types.ts'
import { writeEditorTypes } from '../../src/effects/loader/editor-types.ts'

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))

let scratch: Awaited<ReturnType<typeof mkdtempDisposable>>
let types: string

beforeAll(async () => {
  scratch = await mkdtempDisposable(join(tmpdir(), 'cairn-types-'))
  types = join(scratch.path, 'types')
  await emitTypes(types)
})

afterAll(() => scratch[Symbol.asyncDispose]())

/** What the compiler says of a workspace that stands far from this project, with nothing installed. */
async function compile(files: Readonly<Record<string, string>>): Promise<string> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'cairn-editor-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true })
    await writeFile(join(folder.path, path), text)
  }
  await writeEditorTypes(folder.path, types)
  const said = Promise.withResolvers<string>()
  const command = [compiler, '-p', folder.path, '--pretty', 'false']
  execFile(process.execPath, command, { cwd: folder.path }, (_failed, stdout) => said.resolve(stdout))
  return await said.promise
}

const beside = {
  'workflows/letter.liquid': 'Dear {{ tenant }}',
  'lib/subject.ts': 'export const subject = (length: number): string => `A letter of ${length}`',
}

/** A workflow whose last step is this one. */
function workflow(last: string): string {
  return `
    import { workflow, z, PermanentError } from 'cairn'
    import letter from './letter.liquid'
    import { subject } from '../lib/subject.ts'
    const Input = z.object({ to: z.email() })
    const Context = z.object({ tenant: z.string() })
    export default workflow('letter', { version: 1, input: Input, context: Context })
      .step('draft', { output: z.object({ body: z.string() }), timeout: '30s' }, async ({ input, context, signal }) => {
        signal.throwIfAborted()
        if (input.to === '') throw new PermanentError('nobody', { code: 'NOBODY' })
        return { body: letter.replace('{{ tenant }}', context.tenant) + subject(1) }
      })
      .step('check', { needs: ['draft'], optional: true }, ({ outputs }) => outputs.draft.body.length)
      .approval('approve', { needs: ['check'], edits: 'draft.body', actions: { primary: 'send', secondary: ['reject'] } })
      ${last}
  `
}

const right = `.email('send', { needs: ['approve'] }, ({ input, outputs }) => ({
  to: input.to, subject: subject(outputs.check ?? 0), text: outputs.draft.body,
}))`

/** What is wrong with a workflow, its last step, and what is said of that. */
const wrong = [
  ['an optional output taken for granted', ".step('x', { needs: ['check'] }, ({ outputs }) => outputs.check + 1)", /TS18048/],
  ['a need that is no step', ".step('x', { needs: ['chek'] }, () => 1)", /"chek"/],
  ['an edit that leads nowhere', ".approval('x', { needs: ['draft'], edits: 'draft.x', actions: { primary: 'a' } })", /"draft\.x"/],
  ['a duration without a unit', ".wait('x', { for: '10' })", /"10"/],
  ['an output that is no JSON', ".step('x', () => ({ at: new Date() }))", /Date/],
] as const
const fileOf = (what: string): string => `workflows/${what.replaceAll(' ', '-')}.ts`

describe('a workspace with the types that are written into it', () => {
  /** Of all of them at once: what takes the time is to read the types. */
  let said: string
  beforeAll(async () => {
    const files = Object.fromEntries(wrong.map(([what, last]) => [fileOf(what), workflow(last)]))
    said = await compile({ ...beside, ...files, 'workflows/letter.ts': workflow(right) })
  })

  test('compiles where its workflows are right', () => {
    expect(said).toContain('error TS')
    expect(said).not.toContain('workflows/letter.ts')
  })

  test.each(wrong)('does not compile with %s', (what, _last, complaint) => {
    const own = said.split(/^(?=\S)/m).filter((each) => each.startsWith(`${fileOf(what)}(`))
    expect(own.join('')).toMatch(/\(\d+,\d+\): error TS/)
    expect(own.join('')).toMatch(complaint)
  })

  test('keeps the settings of its owner, and none of the types from before', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'cairn-editor-'))
    await writeFile(join(folder.path, 'tsconfig.json'), '{ "mine": true }')
    await mkdir(join(folder.path, '.cairn', 'types'), { recursive: true })
    await writeFile(join(folder.path, '.cairn', 'types', 'old.d.ts'), '')
    await writeEditorTypes(folder.path, types)
    await writeEditorTypes(folder.path, types)
    expect(await readFile(join(folder.path, 'tsconfig.json'), 'utf8')).toBe('{ "mine": true }')
    await expect(readFile(join(folder.path, '.cairn', 'types', 'old.d.ts'))).rejects.toThrow('ENOENT')
    // What an author reads in the editor.
    const options = await readFile(join(folder.path, '.cairn', 'types', 'sdk', 'options.d.ts'), 'utf8')
    expect(options).toContain('How long one try may take.')
  })
})
