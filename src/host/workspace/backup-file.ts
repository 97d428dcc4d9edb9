import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../model/ids.ts'
import type { Layout } from './layout.ts'

/** Where a backup goes that nobody names a file for: beside those of before, by its time. */
export function backupFile({ backups }: Layout, at: Instant): string {
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  return join(backups, `store-${stamp(at)}.db`)
}

/** A moment as a file is named by it, so that names are in order of time. */
export function stamp(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}
