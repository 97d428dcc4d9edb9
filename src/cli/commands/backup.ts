import { resolve } from 'node:path'
import { backUp } from '../../host/offline-backup.ts'
import { bytes } from '../../model/bytes.ts'
import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findWorkspace } from '../session.ts'
import { byProgress } from './backup-progress.ts'

/** Copies the store of a workspace, verified; runs go on meanwhile. */
export async function backup(context: Context, file: string | undefined): Promise<number> {
  const { terminal } = context
  const to = file === undefined ? undefined : resolve(terminal.cwd, file)
  const made = await backUp(findWorkspace(context), to, byProgress(terminal))
  return print(context, made, () => [
    `backed up to ${made.file}: ${bytes(made.bytes)}, verified, as of entry ${made.position} of the journal`,
  ])
}
