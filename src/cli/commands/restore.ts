import { reachesOutside } from '../../model/preview.ts'
import type { Context } from '../context.ts'
import { confirmReach } from '../confirm-reach.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { namedMoment } from '../run/named-moment.ts'
import { previewLines } from '../run/preview-lines.ts'
import { settle } from '../run/settle.ts'
import { acting, starting } from '../session.ts'
import { runStatus } from '../status.ts'

export interface RestoreOptions {
  readonly reason?: string
  /** Nobody is asked. */
  readonly yes?: boolean
  /** The run goes on with the workflow as it is now. */
  readonly present?: boolean
}

/** Sends a run back to a checkpoint, or to where a branch was left, and says beforehand what that leads to. It goes on from there. */
export async function restore(
  context: Context,
  text: string,
  at: string,
  { reason, yes = false, present = false }: RestoreOptions,
): Promise<number> {
  return (present ? starting : acting)(context, async (session) => {
    const { api } = session.client
    const run = await findRun(api, text)
    const checkpoint = await namedMoment(api, run, at)
    const definition = present ? 'present' : 'pinned'
    const told = await api.runs.preview({ run, checkpoint, definition })
    if (!context.json) for (const line of previewLines(context.paint, told)) context.terminal.out(line)
    if (!yes && reachesOutside(told)) await confirmReach(context, told, `go back to checkpoint ${checkpoint}`)
    const goesOn = { definition, revision: told.revision.hash } as const
    const sent = await api.runs.restore({ run, checkpoint, ...goesOn, seen: told.version, ...(reason === undefined ? {} : { reason }) })
    const record = await settle(session, sent)
    return print(context, record, () => [
      `${run}  branch ${sent.branch}  ${runStatus(context.paint, record.status, record.waiting)}`,
      ...(reachesOutside(told) ? [] : [`to take it back: cairn restore ${run} branch:${told.leaves}`]),
    ])
  })
}
