/** A data key is unwrapped as it was wrapped, or found to be damaged. */
import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { migrations } from '../migrations/all.ts'
import { migrate } from '../sqlite/migrate.ts'
import { dataKeys } from './keyring.ts'
import { workspaceKey } from './workspace-key.ts'

const lineage = 3
let db: Database.Database
let keys: ReturnType<typeof dataKeys>
let wrapped: Buffer

beforeEach(() => {
  db = new Database(':memory:')
  migrate(db, migrations)
  keys = dataKeys(db, workspaceKey(Buffer.alloc(32, 1)))
  keys.make(lineage, randomBytes)
  wrapped = db.prepare<[], Buffer>('SELECT wrapped FROM data_key').pluck().get() ?? expect.fail('none was made')
})
afterEach(() => db.close())

function stands(bytes: Uint8Array): void {
  db.prepare('UPDATE data_key SET wrapped = ?').run(bytes)
}

test('any bit of it that is changed is found', () => {
  for (let bit = 0; bit < 8 * wrapped.length; bit += 1) {
    const changed = Buffer.from(wrapped)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    stands(changed)
    expect(() => keys.get(lineage), `bit ${bit}`).toThrow(CorruptionFound)
  }
  stands(wrapped)
  expect(keys.get(lineage).number).toBe(lineage)
})

test('one that is cut off is found', () => {
  for (let length = 0; length < wrapped.length; length += 1) {
    stands(wrapped.subarray(0, length))
    expect(() => keys.get(lineage), `${length} bytes`).toThrow(CorruptionFound)
  }
})
