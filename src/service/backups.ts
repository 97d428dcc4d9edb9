import type { BackupItem } from '../contract/backups.ts'
import type { BackupProgress } from '../model/backup.ts'
import { answering } from './answering.ts'
import { createBacklog } from './backlog.ts'
import type { Backups, ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

/** How far it has come is told anew each time: who reads slowly misses nothing by missing some of it. */
const patience = 4

export function backups({ backups: procedure }: Procedures, parts: ServiceParts) {
  return {
    make: procedure.make.handler(({ signal }) => answering(parts, making(parts.backups, signal))),
    list: procedure.list.handler(async () => ({ backups: [...(await parts.backups.list())] })),
  }
}

/** A backup is made to its end, whether anybody goes on listening or not. */
async function* making(backups: Backups, abort: AbortSignal | undefined): AsyncGenerator<BackupItem, void> {
  const progress = createBacklog<BackupProgress>(patience, abort)
  const made = backups.make(progress.push)
  made.then(progress.close, progress.close)
  while (await progress.more()) yield* progress.take().items
  if (abort?.aborted !== true) yield { type: 'made', backup: await made }
}
