/** What is offered to whoever cannot open a workspace leads somewhere: each command is carried out as it is told. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test, vi } from 'vitest'
import { runCli } from '../../src/cli/program.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { storePaths } from '../../src/store/paths.ts'
import { bundledPrograms } from '../bundled-program.ts'
import { cairn, hostOf, scratchFolder, starterWorkspace } from './workspaces.ts'

/** What a person puts in the place of what is written in capitals. */
type Given = Readonly<Partial<Record<'FILE' | 'FOLDER', string>>>

/** The commands that are offered, by what they are for. */
function offered(err: string): Readonly<Record<string, string>> {
  const [, lines = ''] = err.split('\nyou can\n')
  return Object.fromEntries([...lines.matchAll(/^ {2}(.+?): +(.+)$/gm)].map(([, what = '', command = '']) => [what, command]))
}

/** Types a command; a host that starts is stopped once it has said that it did. */
async function typed(command: string, given: Given = {}): Promise<{ exitCode: number; err: string }> {
  const words = command.replaceAll(/\b(?:FILE|FOLDER)\b/g, (name) => given[name === 'FILE' ? 'FILE' : 'FOLDER'] ?? expect.fail(`${name} is not given`)).split(' ')
  const begin = words.indexOf('npx')
  for (const setting of words.slice(0, begin)) vi.stubEnv(...pair(setting))
  const stop = new AbortController()
  const err: string[] = []
  const out = (line: string): void => {
    if (/ is running; | shows /.test(line)) stop.abort()
  }
  const terminal = { cwd: scratchFolder(), env: {}, live: false, asks: false, colour: false, rows: 24, out, err: (line: string) => void err.push(line), rewind: () => {}, ask: () => Promise.resolve(undefined) }
  const port = words[begin + 2] === 'serve' ? ['--port', '0', ...(words.includes('--read-only') ? [] : ['--trust'])] : []
  const exitCode = await runCli([...words.slice(begin + 2), ...port], terminal, () => stop.signal, bundledPrograms)
  vi.unstubAllEnvs()
  return { exitCode, err: err.join('\n') }
}

function pair(setting: string): [string, string] {
  const [name = '', value = ''] = setting.split('=')
  return [name, value]
}

/** Carries out all that is offered, what changes the store last. */
async function allOf(err: string, given: Given = {}): Promise<string[]> {
  const ways = offered(err)
  for (const [what, command] of Object.entries(ways).toSorted(([one], [other]) => Number(one === 'bring a backup back') - Number(other === 'bring a backup back'))) {
    const done = await typed(command, given)
    expect(done, `${what}: ${command}\n${done.err}`).toMatchObject({ exitCode: 0 })
  }
  return Object.keys(ways).toSorted()
}

const serve = (workspace: string): ReturnType<typeof typed> => typed(`npx cairn serve --workspace ${workspace}`)

describe('what is offered where the workspace', () => {
  test('is open elsewhere', async () => {
    const workspace = await starterWorkspace()
    await hostOf(workspace)
    const { exitCode, err } = await serve(workspace)
    expect(exitCode).toBe(10)
    expect(await allOf(err, { FOLDER: await starterWorkspace() })).toEqual(['look at it and change nothing', 'open another workspace'])
  })

  test('has a store of a newer version: a backup that is of that version, too, is not named', async () => {
    const workspace = await starterWorkspace()
    await cairn(['runs', '-w', workspace])
    const { backups } = layoutOf(workspace)
    mkdirSync(backups)
    for (const name of ['1-before.db', '2-since.db']) expect(await cairn(['backup', join(backups, name), '-w', workspace])).toMatchObject({ exitCode: 0 })
    for (const file of [storePaths(workspace).store, join(backups, '2-since.db')]) newer(file)
    const { exitCode, err } = await serve(workspace)
    expect(exitCode).toBe(11)
    expect(await allOf(err, { FOLDER: await starterWorkspace() })).toEqual(['bring a backup back', 'open another workspace'])
    expect(await serve(workspace)).toMatchObject({ exitCode: 0 })
  })
})

describe('what is offered where the key is not there', () => {
  /** A workspace whose store is encrypted since after its backup, and whose key has been taken away. */
  async function locked(): Promise<{ workspace: string; keyFile: string; fingerprint: string }> {
    const workspace = await starterWorkspace()
    const keyFile = join(scratchFolder(), 'key')
    await cairn(['runs', '-w', workspace])
    const { backups } = layoutOf(workspace)
    mkdirSync(backups)
    await cairn(['backup', join(backups, 'plain.db'), '-w', workspace])
    await cairn(['make-key', keyFile])
    writeFileSync(layoutOf(workspace).config, `store:\n  key_file: ${keyFile}\n`)
    const { out } = await cairn(['encrypt', '-w', workspace])
    const [, fingerprint = expect.fail(out)] = /fingerprint ([0-9a-f]{16})/.exec(out) ?? []
    await cairn(['backup', join(backups, 'since.db'), '-w', workspace])
    renameSync(keyFile, `${keyFile}.away`)
    return { workspace, keyFile, fingerprint }
  }

  test('names the key that is to be brought back, no new one, and a backup that needs none', async () => {
    const { workspace, keyFile, fingerprint } = await locked()
    for (const refused of [await serve(workspace), await cairn(['serve', '--read-only', '-w', workspace]), await cairn(['encrypt', '-w', workspace])]) {
      expect(refused).toMatchObject({ exitCode: 17, err: expect.stringContaining(`${keyFile} is to hold the key with the fingerprint ${fingerprint}, and is not there: bring it back`) })
      expect(refused.err).not.toContain('make-key')
    }
    const { err } = await serve(workspace)
    expect(await allOf(err, { FILE: `${keyFile}.away`, FOLDER: await starterWorkspace() })).toEqual(['bring a backup back', 'give the file of its key', 'open another workspace'])

    // What is there now is not encrypted: what is told next leads on, too.
    const plain = await serve(workspace)
    expect(plain).toMatchObject({ exitCode: 17, err: expect.stringContaining(`make one with cairn make-key ${keyFile} and encrypt the store with cairn encrypt`) })
    expect(await cairn(['make-key', keyFile])).toMatchObject({ exitCode: 0 })
    const unencrypted = await serve(workspace)
    expect(unencrypted.exitCode).toBe(18)
    expect(await allOf(unencrypted.err, { FOLDER: await starterWorkspace() })).toEqual(['encrypt its store', 'open another workspace'])
    expect(await serve(workspace)).toMatchObject({ exitCode: 0 })
  })

  test('and is asked for by the settings: what is not encrypted is neither offered nor put there, until they ask no more', async () => {
    const { workspace, keyFile } = await locked()
    const { config, backups } = layoutOf(workspace)
    const plain = join(backups, 'plain.db')
    const asking = `store:\n  encryption: true\n  key_file: ${keyFile}\n`
    for (const settings of ['store:\n  encryption: true\n', asking]) {
      writeFileSync(config, settings)
      const { exitCode, err } = await serve(workspace)
      expect(exitCode).toBe(17)
      expect(err).not.toContain('restore-backup')
      const refused = await cairn(['restore-backup', plain, '-w', workspace])
      expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining(`${plain} is not encrypted, and store.encryption is on in ${config}: name an encrypted one; or turn that off`) })
      expect(readdirSync(join(storePaths(workspace).folder)).filter((name) => /incoming|replaced/.test(name))).toEqual([])
    }
    renameSync(`${keyFile}.away`, keyFile)
    expect(await serve(workspace), 'it is still the one of before').toMatchObject({ exitCode: 0 })

    writeFileSync(config, '')
    const done = await cairn(['restore-backup', plain, '-w', workspace])
    expect(done).toMatchObject({ exitCode: 0, out: expect.stringContaining('it is not encrypted, and the one before is: cairn encrypt encrypts it') })
    writeFileSync(config, asking)
    expect(await cairn(['encrypt', '-w', workspace])).toMatchObject({ exitCode: 0 })
    expect(await serve(workspace)).toMatchObject({ exitCode: 0 })
  })

  test('and is named nowhere, or is asked for by the settings: bring back which, and no backup where each needs it', async () => {
    const { workspace, fingerprint } = await locked()
    rmSync(join(layoutOf(workspace).backups, 'plain.db'))
    for (const settings of ['', 'store:\n  encryption: true\n']) {
      writeFileSync(layoutOf(workspace).config, settings)
      const { exitCode, err } = await serve(workspace)
      expect(exitCode).toBe(17)
      expect(err).toContain(`bring back the one with the fingerprint ${fingerprint}`)
      expect(err).not.toMatch(/make-key|restore-backup/)
    }
  })
})

test('a store that is not encrypted is looked at, and copied, whatever the settings say of a key', async () => {
  const workspace = await starterWorkspace()
  await cairn(['runs', '-w', workspace])
  const key = join(scratchFolder(), 'key')
  writeFileSync(layoutOf(workspace).config, `store:\n  key_file: ${key}\n`)
  for (const make of [false, true]) {
    const backup = join(scratchFolder(), 'backup.db')
    if (make) await cairn(['make-key', key])
    expect(await typed(`npx cairn serve --read-only --workspace ${workspace}`)).toMatchObject({ exitCode: 0 })
    for (const command of ['backup', 'restore-backup']) expect(await cairn([command, backup, '-w', workspace])).toMatchObject({ exitCode: 0 })
  }
  expect(readFileSync(storePaths(workspace).store).toString('latin1', 0, 15)).toBe('SQLite format 3')
})

function newer(file: string): void {
  const db = new Database(file)
  db.pragma('user_version = 999')
  db.close()
}
