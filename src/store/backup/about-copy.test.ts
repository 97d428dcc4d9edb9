import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { CorruptionFound, GivenUp, StorageFailed } from '../../model/storage-errors.ts'
import { aboutCopy } from './about-copy.ts'

const files = { copy: '/store/store.db.incoming', from: '/usb/backup.db', to: '/store/store.db' }
const system = (code: string) => Object.assign(new Error(`${code}: copyfile '${files.from}' -> '${files.copy}'`), { code })

test.each<[string, Error, string]>([
  ['what cannot be written, of the file that it was to become', new Database.SqliteError('database or disk is full', 'SQLITE_FULL'), files.to],
  ['and where the system says so', system('ENOSPC'), files.to],
  ['and where that is known already', new StorageFailed(`${files.copy} may only be read`, { fault: 'read_only' }), files.to],
  ['what cannot be read, of the file that is copied', system('EACCES'), files.from],
  ['damage', new Database.SqliteError('file is not a database', 'SQLITE_NOTADB'), files.from],
  ['damage that is known already', new CorruptionFound('store', files.copy, 'row 1'), files.from],
])('it is told: %s', (_, error, file) => {
  const told = aboutCopy(error, files)
  expect(told).toMatchObject({ message: expect.stringContaining(file) })
  expect(told).toMatchObject({ message: expect.not.stringContaining('incoming') })
})

test('of a copying that could not be read, the name of the copy is no name of the file', () => {
  expect(aboutCopy(system('EACCES'), files)).toMatchObject({ message: expect.stringMatching(/^\/usb\/backup\.db cannot be used: .*copyfile '\/usb\/backup\.db'\)/) })
})

test('what is none of the files stays as it is', () => {
  const given = new GivenUp('closed')
  expect(aboutCopy(given, files)).toBe(given)
  expect(aboutCopy('words', files)).toBe('words')
})
