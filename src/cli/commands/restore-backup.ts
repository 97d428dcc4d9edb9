import { resolve } from 'node:path'
import { bringBack } from '../../host/offline-backup.ts'
import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findWorkspace } from '../session.ts'
import { byProgress } from './backup-progress.ts'

/** Puts a backup in the place of a workspace's store, and keeps what was there. */
export async function restoreBackup(context: Context, file: string): Promise<number> {
  const { terminal } = context
  const from = resolve(terminal.cwd, file)
  const done = await bringBack(findWorkspace(context), from, byProgress(terminal))
  const { kept, replaced, position, laidOpen } = done
  return print(context, done, () => [
    `the store is that of ${from} now; its journal ends at entry ${position}`,
    ...(kept === null ? [] : [`the one before${replaced === null ? '' : `, at entry ${replaced},`} is kept as ${kept}`]),
    ...(laidOpen ? ['it is not encrypted, and the one before is: cairn encrypt encrypts it'] : []),
  ])
}
