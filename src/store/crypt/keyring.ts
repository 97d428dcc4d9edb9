/**
 * The keys of a store, as they lie in it: a data key for each lineage and one for the workspace, each wrapped by the
 * workspace key, which is kept elsewhere.
 *
 * Invariants:
 * 1. A store has a keyring from its first entry on, or never: what it holds is encrypted all of it, or none of it.
 * 2. The keyring says by its fingerprint which key it is opened with, so that another key is told from damage.
 * 3. Where a data key stands there is a keyring: one that is gone is damage, and no store that is not encrypted.
 */
import { createSecretKey } from 'node:crypto'
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { Instant } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { openRow, type RawRow, rowColumns, type RowFormat, sealRow } from '../format/row.ts'
import { type DataKey, keyOfCell, nonceBytes, openCell, sealCell } from './cell.ts'
import { ofWorkspace, plain } from './crypt.ts'
import { fingerprintOf, keyBytes, type WorkspaceKey } from './workspace-key.ts'

export const Keyring = z.object({
  /** Of the workspace key. */
  fingerprint: z.string(),
  /** Since when that is the key. */
  since: Instant,
})
export type Keyring = z.infer<typeof Keyring>

export const keyringFormat: RowFormat<Keyring> = { table: 'keyring', columns: ['number'], content: Keyring, isReadable: true }

/** Random bytes, so many. */
export type Bytes = (count: number) => Uint8Array

/** Null where the store is not encrypted. @throws CorruptionFound where it is not as it was written, or is gone */
export function keyringOf(db: Database.Database): Keyring | null {
  const row = db.prepare<[], RawRow>(`SELECT ${rowColumns(keyringFormat)} FROM keyring`).raw().get()
  if (row !== undefined) return openRow(plain, keyringFormat, row).content
  if (db.prepare('SELECT 1 FROM data_key').get() === undefined) return null
  throw new CorruptionFound('keyring', '1', 'it is gone, and data keys that are there need it')
}

function putKeyring(db: Database.Database, key: WorkspaceKey, since: Instant): void {
  const rowKey = [1]
  const { content, checksum } = sealRow(plain, ofWorkspace, keyringFormat, rowKey, { fingerprint: fingerprintOf(key), since })
  const put = db.prepare(
    `INSERT INTO keyring (${rowColumns(keyringFormat)}) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET content = excluded.content, checksum = excluded.checksum`,
  )
  put.run(...rowKey, content, checksum)
}

/** Begins the keyring of a store in which nothing stands yet. */
export function beginKeyring(db: Database.Database, key: WorkspaceKey, since: Instant, bytes: Bytes): void {
  const begin = db.transaction(() => {
    putKeyring(db, key, since)
    dataKeys(db, key).make(ofWorkspace, bytes)
  })
  begin.immediate()
}

/** Has all data keys be wrapped by another workspace key, within a transaction; answers how many there are. @throws CorruptionFound where one cannot be unwrapped */
export function rewrap(db: Database.Database, from: WorkspaceKey, to: WorkspaceKey, since: Instant, bytes: Bytes): number {
  const numbers = db.prepare<[], number>('SELECT lineage FROM data_key ORDER BY lineage').pluck()
  const [before, after] = [dataKeys(db, from), dataKeys(db, to)]
  const wrapped = numbers.all()
  for (const number of wrapped) after.put(before.get(number), bytes)
  putKeyring(db, to, since)
  return wrapped.length
}

/** The data keys, as they are read and written with one workspace key. */
export function dataKeys(db: Database.Database, key: WorkspaceKey) {
  const find = db.prepare<[number]>('SELECT wrapped FROM data_key WHERE lineage = ?').pluck()
  const isNamed = db.prepare<[number, number]>('SELECT 1 FROM data_key WHERE lineage = ? UNION ALL SELECT 1 FROM lineage WHERE number = ?').pluck()
  const insert = db.prepare<[number, Buffer]>(
    'INSERT INTO data_key (lineage, wrapped) VALUES (?, ?) ON CONFLICT DO UPDATE SET wrapped = excluded.wrapped',
  )
  const wrapping = (number: number): DataKey => ({ number, secret: key })

  const put = ({ number, secret }: DataKey, bytes: Bytes): void => {
    insert.run(number, sealCell(wrapping(number), 'data_key', [number], bytes(nonceBytes), secret.export()))
  }

  return {
    put,

    /** @throws CorruptionFound where it is not there, or is not what was wrapped by this workspace key */
    get: (number: number): DataKey => {
      const wrapped = find.get(number)
      const isCell = wrapped instanceof Buffer && keyOfCell(wrapped) === number
      const secret = isCell ? openCell(wrapping(number), 'data_key', [number], wrapped) : undefined
      if (secret?.byteLength !== keyBytes) throw new CorruptionFound('data_key', String(number), 'it cannot be unwrapped')
      return { number, secret: createSecretKey(secret) }
    },

    /** Whether there is such a key, or was one: of a number that is nobody's, it is the number that is damaged. */
    has: (number: number): boolean => number === ofWorkspace || isNamed.get(number, number) !== undefined,

    make: (number: number, bytes: Bytes): DataKey => {
      const made = { number, secret: createSecretKey(bytes(keyBytes)) }
      put(made, bytes)
      return made
    },
  }
}
