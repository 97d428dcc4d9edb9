/** Kills this process at a named point on the way of a write to the disk, the nth time that it comes there. */
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import { z } from 'zod'
import { type WritePoint, written } from '../../crash/write-points.ts'
import { watchSql, watchWriting } from './writing.ts'

export type At = (reached: WritePoint) => void

/** Under which a thread that is started from now on is told the point, and which time it is. */
const told = 'deadly'
const Told = z.object({ point: z.string(), nth: z.int() })

/** To be called before anything is opened. Answers what is to be called where only the caller knows to be. */
export function deadlyAt(point: string, nth: number): At {
  const at = dyingAt({ point, nth })
  setEnvironmentData(told, { point, nth })
  watchWriting((table) => {
    if (isOfTable(point) && written[point] === table) at(point)
  })
  watchAnchor(at)
  watchCheckpoints(at, ['before pages are copied into the file', 'with pages copied into the file'])
  return at
}

/** The same in the thread that copies the WAL, whose points are its own. */
export function deadlyCopier(): void {
  watchCheckpoints(dyingAt(Told.parse(getEnvironmentData(told))), ['before pages are copied by the copier', 'with pages copied by the copier'])
}

function dyingAt({ point, nth }: z.infer<typeof Told>): At {
  let left = nth
  return (reached) => {
    if (reached !== point) return
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
}

function isOfTable(point: string): point is keyof typeof written {
  return Object.hasOwn(written, point)
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
function watchCheckpoints(at: At, [before, after]: readonly [WritePoint, WritePoint]): void {
  watchSql((sql, work) => {
    const [, mode] = /wal_checkpoint\((\w+)\)/.exec(sql) ?? []
    if (mode === undefined || mode === 'NOOP') return work()
    at(mode === 'PASSIVE' ? before : 'before the WAL is brought home')
    const result = work()
    at(mode === 'PASSIVE' ? after : 'with the WAL brought home')
    return result
  })
}
