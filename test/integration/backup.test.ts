import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { storePaths } from '../../src/store/paths.ts'
import { Child } from '../conformance/child.ts'
import { asked } from './moments.ts'
import { cairn, hostOf, scratchFolder, starterWorkspace } from './workspaces.ts'

const workflow = WorkflowName.parse('greeting')

async function serving() {
  const workspace = await starterWorkspace()
  const { host, client } = await hostOf(workspace)
  const begin = async () => {
    const { id } = await client.api.runs.start({ workflow, input: { name: 'Ada', address: 'ada@example.com' } })
    await asked(client, id)
    return id
  }
  return { workspace, host, client, begin }
}

test('a host backs up its store on demand, says how far it is, and journals it', async () => {
  const { workspace, client, begin } = await serving()
  await begin()
  const items = []
  for await (const item of await client.api.backups.make()) items.push(item)
  const made = items.at(-1)
  expect(made).toMatchObject({ type: 'made', backup: { file: expect.stringContaining(layoutOf(workspace).backups) } })
  expect(items.map(({ type }) => type)).toContain('verifying')
  const { backups } = await client.api.backups.list()
  expect(backups).toMatchObject([made?.type === 'made' ? { file: made.backup.file, bytes: made.backup.bytes } : {}])
  const { entries } = await client.api.journal.list({ limit: 1, before: Number.MAX_SAFE_INTEGER })
  expect(entries).toMatchObject([{ events: [{ type: 'backup_made' }] }])
})

test('what a backup that was killed has left goes with the next start of a host', async () => {
  const { workspace, host, begin } = await serving()
  await begin()
  await host.close()
  const { backups } = layoutOf(workspace)
  mkdirSync(backups)
  const child = new Child('copying.ts', 'back up', workspace, join(backups, 'early.db'), 'before the rename')
  await child.rest()
  expect(child.signal).toBe('SIGKILL')
  expect(readdirSync(backups)).toEqual([expect.stringContaining('early.db.new-')])
  await (await hostOf(workspace)).host.close()
  expect(readdirSync(backups)).toEqual([])
})

test('what bringing a backup back has left, where that was killed, goes with the next start of a host', async () => {
  const { workspace, host, begin } = await serving()
  await begin()
  await host.close()
  const { store, folder } = storePaths(workspace)
  const backup = join(scratchFolder(), 'backup.db')
  expect(await cairn(['backup', backup, '-w', workspace])).toMatchObject({ exitCode: 0 })
  const child = new Child('copying.ts', 'bring back', workspace, backup, 'verifying')
  await child.rest()
  expect(child.signal).toBe('SIGKILL')
  // As one that was killed while it verified, or while it was encrypted.
  for (const left of ['.incoming-wal', '.encrypting']) writeFileSync(`${store}${left}`, 'left')
  const unfinished = () => readdirSync(folder).filter((name) => /[.](incoming|encrypting)/.test(name))
  expect(unfinished()).toHaveLength(3)
  await (await hostOf(workspace)).host.close()
  expect(unfinished()).toEqual([])
})

test('the command line backs up under a host, and brings back once there is none', async () => {
  const { workspace, host, begin } = await serving()
  const kept = await begin()
  const file = join(scratchFolder(), 'backup.db')
  const backup = await cairn(['backup', file, '-w', workspace])
  expect(backup, backup.err).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^backed up to .*backup\.db: [\d.]+ KB, verified/) })
  const lost = await begin()

  const refused = await cairn(['restore-backup', file, '-w', workspace])
  expect(refused).toMatchObject({ exitCode: 10, err: expect.stringContaining(`is open in process ${process.pid}`) })
  await host.close()
  const done = await cairn(['restore-backup', file, '-w', workspace])
  expect(done, done.err).toMatchObject({ exitCode: 0, out: expect.stringMatching(/the one before, at entry \d+, is kept as .*store-replaced-/) })

  const { out } = await cairn(['runs', '--json', '-w', workspace])
  expect(out).toContain(kept)
  expect(out).not.toContain(lost)
  const again = await hostOf(workspace)
  expect(again.host.info()).toMatchObject({ alarm: null, recovery: { waiting: [{ run: kept }] } })
})

test('what a backup took the place of is told with its date and its bytes, and how it goes', async () => {
  const workspace = await starterWorkspace()
  const file = join(scratchFolder(), 'backup.db')
  for (const args of [['runs'], ['backup', file], ['restore-backup', file]]) expect(await cairn([...args, '-w', workspace])).toMatchObject({ exitCode: 0 })
  const [kept = ''] = readdirSync(layoutOf(workspace).private).filter((name) => name.startsWith('store-replaced-'))
  const path = join(layoutOf(workspace).private, kept)
  for (const beside of [`${path}-wal`, join(layoutOf(workspace).private, 'store-replaced-by-me.db')]) writeFileSync(beside, 'left')
  writeFileSync(join(layoutOf(workspace).mail, 'a.eml'), 'Dear Ada')

  const { client } = await hostOf(workspace)
  const { beside } = await client.api.storage.get()
  expect(beside).toMatchObject({
    replaced: [{ file: path, bytes: statSync(path).size }, { file: `${path}-wal`, bytes: 4 }],
    mail: 8,
  })
  expect(beside.logs).toBeGreaterThan(0)
  for (const replaced of beside.replaced) expect(new Date(replaced.at).toISOString().replaceAll(/[-:]/g, '').replace('T', '-')).toContain(kept.slice(15, 30))
  const { out } = await cairn(['storage', '-w', workspace])
  expect(out).toMatch(/^replaced +\d+ KB +stores that a backup took the place of$/m)
  expect(out).toMatch(new RegExp(`^${path} +\\d+ KB +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$`, 'm'))
  expect(out).toContain('cairn restore-backup FILE brings one back; once you need nothing of one any more, delete the file')
})

test('what is no backup is refused, and says what would be one', async () => {
  const workspace = await starterWorkspace()
  await cairn(['runs', '-w', workspace])
  const folder = storePaths(workspace).folder
  const before = readdirSync(folder)
  const file = join(scratchFolder(), 'letter.txt')
  writeFileSync(file, 'Dear Ada, this is no database, and long enough to be looked at.'.repeat(20))
  const refused = await cairn(['restore-backup', file, '-w', workspace])
  expect(refused).toMatchObject({ exitCode: 12, err: expect.stringMatching(/letter\.txt is not brought back: file is not a database; the store is as it was: name another file, a backup/) })
  const foreign = join(scratchFolder(), 'foreign.db')
  const db = new Database(foreign)
  db.exec('CREATE TABLE note (text TEXT)')
  db.close()
  const other = await cairn(['restore-backup', foreign, '-w', workspace])
  expect(other).toMatchObject({ exitCode: 12, err: expect.stringMatching(/foreign\.db is not brought back: it is no backup of a store of Cairn's; the store is as it was/) })
  expect(other.err).not.toContain('put it elsewhere')
  for (const none of [join(folder, 'none.db'), folder]) {
    expect(await cairn(['restore-backup', none, '-w', workspace])).toMatchObject({ exitCode: 2, err: `${none} is no file: name a backup` })
  }
  expect(readdirSync(folder)).toEqual(before)
})

test('a backup takes the place of an older one where that is said, and of nothing else: not even of the store', async () => {
  const workspace = await starterWorkspace()
  await cairn(['runs', '-w', workspace])
  const { store, folder } = storePaths(workspace)
  const older = join(scratchFolder(), 'older.db')
  expect(await cairn(['backup', older, '-w', workspace])).toMatchObject({ exitCode: 0 })
  const { ino } = statSync(older)
  expect(await cairn(['backup', older, '-w', workspace])).toMatchObject({ exitCode: 2, err: `${older} is a backup already: name another file, or --overwrite puts this one in its place` })
  expect(statSync(older).ino).toBe(ino)
  expect(await cairn(['backup', older, '--overwrite', '-w', workspace])).toMatchObject({ exitCode: 0 })
  expect(statSync(older).ino).not.toBe(ino)
  for (const taken of [layoutOf(workspace).config, store, folder]) {
    expect(await cairn(['backup', taken, '--overwrite', '-w', workspace])).toMatchObject({ exitCode: 2, err: `${taken} is there, and is no backup: name another file` })
  }
  const among = join(folder, 'store.db-journal')
  expect(await cairn(['backup', among, '-w', workspace])).toMatchObject({ exitCode: 2, err: expect.stringContaining('among the files of the store') })
  mkdirSync(join(folder, 'backups'), { recursive: true })
  expect(await cairn(['backup', join(folder, 'backups', 'mine.db'), '-w', workspace])).toMatchObject({ exitCode: 0 })
  const inFile = join(layoutOf(workspace).config, 'a.db')
  expect(await cairn(['backup', inFile, '-w', workspace])).toMatchObject({ exitCode: 2, err: `${layoutOf(workspace).config} is no folder: name a file in one` })
  const nowhere = join(scratchFolder(), 'nowhere', 'a.db')
  expect(await cairn(['backup', nowhere, '-w', workspace])).toMatchObject({ exitCode: 2, err: expect.stringContaining('make that folder') })
})

test('a damaged store is not backed up, and what can be done is said', async () => {
  const { workspace, host, begin } = await serving()
  await begin()
  await host.close()
  const db = new Database(storePaths(workspace).store)
  db.exec("UPDATE value SET body = CAST(body || x'20' AS BLOB) WHERE rowid = 1")
  db.close()
  const refused = await cairn(['backup', join(scratchFolder(), 'a.db'), '-w', workspace])
  expect(refused).toMatchObject({ exitCode: 12, err: expect.stringMatching(/is corrupt: .*no backup is made of what is damaged.*cairn verify.*cairn restore-backup FILE.*copy the folder .*\.cairn/s) })
})

test('where the store is damaged, every command says so, how it ends, and what can be done', async () => {
  const workspace = await starterWorkspace()
  await cairn(['runs', '-w', workspace])
  writeFileSync(storePaths(workspace).store, 'no database')
  expect(await cairn(['runs', '-w', workspace])).toMatchObject({ exitCode: 12, err: expect.stringMatching(/not a database\nyou can\n.*restore-backup FILE/) })
})
