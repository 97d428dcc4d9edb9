import { resolve } from 'node:path'
import { backUp } from '../../host/offline-backup.ts'
import { bytes } from '../../model/bytes.ts'
import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findWorkspace } from '../session.ts'
import { byProgress } from './backup-progress.ts'

export interface BackupOptions {
  readonly overwrite?: boolean
}

/** Copies the store of a workspace, verified; runs go on meanwhile. */
export async function backup(context: Context, name: string | undefined, { overwrite = false }: BackupOptions): Promise<number> {
  const { terminal } = context
  const file = name === undefined ? undefined : resolve(terminal.cwd, name)
  const made = await backUp(findWorkspace(context), { file, overwrite }, byProgress(terminal))
  return print(context, made, () => [
    `backed up to ${made.file}: ${bytes(made.bytes)}, verified, as of entry ${made.position} of the journal`,
  ])
}
