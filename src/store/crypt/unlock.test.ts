/** Keys that do not fit are told from damage, and say what would fit; what was sealed to stand elsewhere is found. */
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runId, SampleRun, sampleRevision, sampleStep } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { CorruptionFound, KeyRefused } from '../../model/storage-errors.ts'
import { sha256 } from '../format/sha256.ts'
import { storePaths } from '../paths.ts'
import { fingerprintOf, workspaceKey } from './workspace-key.ts'

const key = workspaceKey(Buffer.alloc(32, 1))
const other = workspaceKey(Buffer.alloc(32, 2))
let scratch: ScratchStore

beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

/** Two runs with a step each, of lineages of their own, in a store that is closed. */
async function filled(given: typeof key | null): Promise<void> {
  const { storage } = await scratch.open({ key: given })
  await storage.saveRevision(sampleRevision)
  for (const number of [1, 2]) {
    const run = new SampleRun(storage, number)
    await storage.commit(run.create({ steps: [sampleStep({ status: 'running' })] }))
  }
  await scratch.shut()
}

function changed(sql: string, ...given: unknown[]): void {
  const db = new Database(storePaths(scratch.workspace).store)
  expect(db.prepare(sql).run(...given).changes).toBeGreaterThan(0)
  db.close()
}

describe('a key that does not fit', () => {
  test.each([
    ['missing', null, `give the one with the fingerprint ${fingerprintOf(key)}`],
    ['wrong', other, `and the one given has ${fingerprintOf(other)}`],
  ])('is %s, and it says which would', async (why, given, words) => {
    await filled(key)
    const opening = scratch.open({ key: given })
    await expect(opening).rejects.toThrow(KeyRefused)
    await expect(opening).rejects.toMatchObject({ why, message: expect.stringContaining(words) })
    await expect(opening).rejects.toThrow(fingerprintOf(key))
  })

  test('is unneeded where the store is not encrypted', async () => {
    await filled(null)
    await expect(scratch.open({ key })).rejects.toMatchObject({ why: 'unneeded', message: expect.stringContaining('cairn encrypt') })
  })
})

describe('damage', () => {
  test.each([
    ['data_key', 'UPDATE data_key SET wrapped = zeroblob(61) WHERE lineage = 0'],
    ['data_key', 'DELETE FROM data_key WHERE lineage = 0'],
    ['keyring', "UPDATE keyring SET content = replace(content, '0', '1')"],
    ['keyring', 'DELETE FROM keyring'],
  ])('of the %s is not taken for another key: %s', async (object, sql) => {
    await filled(key)
    changed(sql)
    const opening = scratch.open({ key })
    await expect(opening).rejects.toThrow(CorruptionFound)
    await expect(opening).rejects.toMatchObject({ object })
  })

  test('of the keyring, which is gone, is not taken for a store that is not encrypted', async () => {
    await filled(key)
    changed('DELETE FROM keyring')
    await expect(scratch.open({ key: null })).rejects.toMatchObject({ name: 'CorruptionFound', object: 'keyring' })
  })

  test("of a lineage's key is found, and other lineages can be read", async () => {
    await filled(key)
    changed('UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE lineage = 2) WHERE lineage = 1')
    const store = await scratch.open({ key })
    expect((await store.verify()).findings).toContainEqual(expect.objectContaining({ object: 'data_key', key: '1' }))
    expect(await store.queries.run(runId(2))).toMatchObject({ record: { id: runId(2) } })
  })
})

/** Where the number of the key stands in what was sealed. */
const numberAt = 1

test.each([
  ['value', 'rowid = 1'],
  ['keyframe', 'run = 1 AND number = 0'],
])('a number that is of no key is damage of the %s that it stands in, and of no key', async (table, first) => {
  await filled(key)
  const db = new Database(storePaths(scratch.workspace).store)
  const sealed = db.prepare<[], Buffer>(`SELECT body FROM ${table} WHERE ${first}`).pluck().get() ?? expect.fail(`no ${table} is there`)
  sealed.writeUInt32BE(17, numberAt)
  db.prepare(`UPDATE ${table} SET body = ? WHERE ${first}`).run(sealed)
  db.close()
  const { findings } = await (await scratch.open({ key })).verify()
  expect(new Set(findings.map(({ object }) => object))).toEqual(new Set([table]))
})

/** Rows as somebody without the key would forge them: bytes of one in the place of another, with a checksum that fits. */
describe('what was sealed to stand elsewhere', () => {
  test.each(['body', 'salt, body', 'lineage, address, salt, body'])('is found: %s of a value in the place of another', async (columns) => {
    await filled(key)
    const isKey = columns.startsWith('lineage')
    const from = isKey ? '3 - lineage, address, salt, body' : columns
    changed(
      isKey
        ? 'UPDATE value SET lineage = 3 - lineage'
        : `UPDATE value SET (${columns}) = (SELECT ${from} FROM value AS other WHERE other.lineage = 3 - value.lineage LIMIT 1)`,
    )
    const store = await scratch.open({ key })
    expect((await store.verify()).findings).toContainEqual(expect.objectContaining({ object: 'value' }))
  })

  test('is found: a step of one run in another, its checksum made anew', async () => {
    await filled(key)
    const db = new Database(storePaths(scratch.workspace).store)
    const { content, step, branch, iteration } = rowOf(db.prepare('SELECT * FROM step WHERE run = 1').get())
    const checksum = sha256(`step\n${['2', branch, step, iteration].join('/')}\n${content}`)
    db.prepare('UPDATE step SET content = ?, checksum = ? WHERE run = 2').run(content, checksum)
    db.close()
    const store = await scratch.open({ key })
    const { findings } = await store.verify()
    expect(findings).toContainEqual(expect.objectContaining({ object: 'step', detail: 'it was not encrypted to stand here' }))
  })
})

function rowOf(found: unknown): { content: string; step: string; branch: number; iteration: number } {
  if (typeof found !== 'object' || found === null) throw new Error('there is no such row')
  const { content, step, branch, iteration } = { content: '', step: '', branch: 0, iteration: 0, ...found }
  return { content, step, branch, iteration }
}
