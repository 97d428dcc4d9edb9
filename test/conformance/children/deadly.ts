/** Kills this process at a named point on the way of a write to the disk, the nth time that it comes there. */
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { type WritePoint, written } from '../../crash/write-points.ts'
import { watchSql, watchWriting } from './writing.ts'

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

/** While it works the WAL is copied piece by piece, as it ends all of it is. */
function watchCheckpoints(at: At): void {
  watchSql((sql, work) => {
    const [, mode] = /wal_checkpoint\((\w+)\)/.exec(sql) ?? []
    if (mode === undefined || mode === 'NOOP') return work()
    at(mode === 'PASSIVE' ? 'before pages are copied into the file' : 'before the WAL is brought home')
    const result = work()
    at(mode === 'PASSIVE' ? 'with pages copied into the file' : 'with the WAL brought home')
    return result
  })
}
