import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { faultOf } from './fault.ts'

const said = (code: string) => faultOf('store.db', new Database.SqliteError('so it is', code))

test.each([
  ['SQLITE_FULL', 'full', 'its disk is full'],
  ['SQLITE_READONLY', 'read_only', 'it may only be read'],
  ['SQLITE_READONLY_DBMOVED', 'gone', 'it, or the folder that it is in, is not there'],
  ['SQLITE_CANTOPEN', 'forbidden', 'this user may not open it'],
  ['SQLITE_IOERR_WRITE', 'failing', 'the disk fails'],
  ['SQLITE_BUSY_SNAPSHOT', 'held', 'another process holds it'],
])('%s is told as %s, with the file, the cause and the way out', (code, fault, cause) => {
  expect(said(code)).toMatchObject({ fault, message: expect.stringMatching(new RegExp(`^store\\.db cannot be used: ${cause}.*\\(so it is, ${code}\\): \\w`)) })
})

test('what the system says of a file is told in the same words', () => {
  const error = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  expect(faultOf('backup.db', error)).toMatchObject({ fault: 'full', cause: error })
})

test('what is no fault of the file is none', () => {
  expect(said('SQLITE_CONSTRAINT')).toBeUndefined()
  expect(said('SQLITE_CORRUPT')).toBeUndefined()
  expect(faultOf('store.db', new Error('words'))).toBeUndefined()
  expect(faultOf('store.db', 'words')).toBeUndefined()
})
