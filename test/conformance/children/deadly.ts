/** Kills this process at a named point on the way of a write to the disk, the nth time that it comes there. */
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import Database from 'better-sqlite3'
import { type WritePoint, written } from '../../crash/write-points.ts'
import { watchWriting } from './writing.ts'

export type At = (reached: WritePoint) => void

/** To be called before anything is opened. Answers what is to be called where only the caller knows to be. */
export function deadlyAt(point: string, nth: number): At {
  let left = nth
  const at: At = (reached) => {
    if (reached !== point) return
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
  const tables = Object.entries(written).filter(([reached]) => reached === point)
  watchWriting((table) => {
    if (tables.some(([, its]) => its === table)) left -= 1
    if (tables.length > 0 && left === 0) process.kill(process.pid, 'SIGKILL')
  })
  watchAnchor(at)
  watchCheckpoints(at)
  return at
}

function watchAnchor(at: At): void {
  const { writeFile, rename } = fs
  const isAnchor = (file: unknown): boolean => String(file).includes('anchor.json')
  Object.assign(fs, {
    writeFile: async (...given: Parameters<typeof writeFile>) => {
      if (isAnchor(given[0])) at('before the anchor is written')
      await writeFile(...given)
      if (isAnchor(given[0])) at('with the anchor written beside')
    },
    rename: async (...given: Parameters<typeof rename>) => {
      await rename(...given)
      if (isAnchor(given[1])) at('with the anchor renamed')
    },
  })
  syncBuiltinESMExports()
}

function watchCheckpoints(at: At): void {
  const pragma: unknown = Reflect.get(Database.prototype, 'pragma')
  if (typeof pragma !== 'function') throw new Error('better-sqlite3 has another way of pragmas')
  Reflect.defineProperty(Database.prototype, 'pragma', {
    value: function watched(this: unknown, sql: string, ...given: unknown[]): unknown {
      const isHome = sql.startsWith('wal_checkpoint')
      if (isHome) at('before the WAL is brought home')
      const result: unknown = Reflect.apply(pragma, this, [sql, ...given])
      if (isHome) at('with the WAL brought home')
      return result
    },
  })
}
