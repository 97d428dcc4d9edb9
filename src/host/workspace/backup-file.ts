import { mkdirSync } from 'node:fs'
import type { Instant } from '../../model/ids.ts'
import { unused } from '../../store/backup/set-aside.ts'
import type { Layout } from './layout.ts'

/** Where a backup goes that nobody names a file for: beside those of before, by its time, and in the place of none. */
export function backupFile({ backups }: Layout, at: Instant): string {
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  return unused(backups, `store-${stamp(at)}.db`)
}

const replaced = /^store-replaced-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})(?:-\d+)?\.db(?:-wal|-journal)?$/

/** What a store is called that a backup takes the place of. */
export function replacedName(at: Instant): string {
  return `store-replaced-${stamp(at)}.db`
}

/** When a file was replaced, by its name; undefined where it is no such store, nor a part of one. */
export function replacedAt(name: string): Instant | undefined {
  const [year, month, day, ...time] = (replaced.exec(name) ?? []).slice(1).map(Number)
  return year === undefined || month === undefined ? undefined : Date.UTC(year, month - 1, day, ...time)
}

/** A moment as a file is named by it, so that names are in order of time. */
export function stamp(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}
