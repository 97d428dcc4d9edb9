import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLineOf, CommandRefused, programOf } from './command.ts'

const origin = { idempotencyKey: 'run/build/1/0', correlation: 'c', attempt: 2 }

async function refusal(command: unknown, workspace = tmpdir()): Promise<CommandRefused['failure']> {
  const error = await programOf(command, workspace, origin).catch((thrown: unknown) => thrown)
  if (!(error instanceof CommandRefused)) throw new Error(`it was not refused: ${String(error)}`)
  return error.failure
}

describe('a command', () => {
  it('is put into the workspace, or into the folder that it names there', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'cairn-command-'))
    await mkdir(join(folder.path, 'packages'))
    expect(await programOf({ command: 'make' }, folder.path, origin)).toMatchObject({ file: 'make', args: [], folder: folder.path, stdin: null })
    expect(await programOf({ command: 'make', cwd: 'packages' }, folder.path, origin)).toMatchObject({ folder: join(folder.path, 'packages') })
    expect(await programOf({ command: 'make', cwd: folder.path }, tmpdir(), origin)).toMatchObject({ folder: folder.path })
  })

  it('is refused in a folder that is not there, by field, value and way out', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'cairn-command-'))
    await writeFile(join(folder.path, 'file'), '')
    const gone = { class: 'permanent', path: 'cwd', message: `cwd: "dist" is not there (${join(folder.path, 'dist')})`, wayOut: expect.stringContaining('make the folder') }
    expect(await refusal({ command: 'ls', cwd: 'dist' }, folder.path)).toMatchObject(gone)
    expect(await refusal({ command: 'ls', cwd: 'file' }, folder.path)).toMatchObject({ message: expect.stringContaining('is no folder') })
  })

  it.each([
    ['nothing', undefined, 'command'],
    ['text', 'npm test', 'command'],
    ['no program', { command: '' }, 'command'],
    ['a number among its arguments', { command: 'serve', args: ['--port', 8080] }, 'args.1'],
    ['a NUL', { command: 'echo', args: ['a\0b'] }, 'args.0'],
    ['a variable without a name', { command: 'env', env: { '': 'x' } }, 'env.'],
    ['a slip of the pen', { command: 'echo', arguments: [] }, 'arguments'],
  ])('that is %s is refused by its field', async (_, command, path) => {
    expect(await refusal(command)).toMatchObject({ name: 'CommandRefused', class: 'permanent', path, wayOut: expect.any(String) })
  })

  it('is told as a person would type it', () => {
    expect(commandLineOf({ command: './deploy.sh', args: ['--to', 'prod', 'a b', "it's", ''] })).toBe(String.raw`./deploy.sh --to prod 'a b' 'it'\''s' ''`)
  })
})

describe('the environment of a program', () => {
  it('has the few names of the host, what the step says, and which attempt it is', async () => {
    process.env['CAIRN_TEST_SECRET'] = 'open sesame'
    try {
      const { env } = await programOf({ command: 'env', env: { MODE: 'ci', HOME: null, PATH: '/own' } }, tmpdir(), origin)
      expect(env).toMatchObject({ MODE: 'ci', PATH: '/own', CAIRN_IDEMPOTENCY_KEY: 'run/build/1/0', CAIRN_CORRELATION_ID: 'c', CAIRN_ATTEMPT: '2' })
      expect(Object.keys(env)).not.toContain('HOME')
      expect(JSON.stringify(env)).not.toContain('sesame')
    } finally {
      delete process.env['CAIRN_TEST_SECRET']
    }
  })
})
