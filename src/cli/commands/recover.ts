import type { RunRecovery } from '../../model/run-recovery.ts'
import { reachesOutside } from '../../model/preview.ts'
import type { Context } from '../context.ts'
import { confirmReach } from '../confirm-reach.ts'
import { type Paint, plain } from '../paint.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { previewLines } from '../run/preview-lines.ts'
import { settle } from '../run/settle.ts'
import { acting } from '../session.ts'
import { runStatus } from '../status.ts'

export interface RecoverOptions {
  readonly reason?: string
  /** Nobody is asked. */
  readonly yes?: boolean
  /** Only say what it is and what that leads to. */
  readonly preview?: boolean
}

/** Does what policy recommends about a run that has failed, and says beforehand what that is and what it leads to. */
export async function recover(context: Context, text: string, { reason, yes = false, preview: only = false }: RecoverOptions): Promise<number> {
  return acting(context, async (session) => {
    const { api } = session.client
    const run = await findRun(api, text)
    const found = await api.runs.previewRecovery({ run })
    if (only) return print(context, found, () => recoveryLines(context.paint, found))
    if (!context.json) for (const line of recoveryLines(context.paint, found)) context.terminal.out(line)
    const { strategy, preview } = found
    if (!yes && reachesOutside(preview)) await confirmReach(context, preview, 'recover it')
    const sent = await api.runs.recover({ run, strategy, seen: preview.version, ...(reason === undefined ? {} : { reason }) })
    const record = await settle(session, sent)
    return print(context, record, () => [`${run}  branch ${sent.branch}  ${runStatus(context.paint, record.status, record.waiting)}`])
  })
}

function recoveryLines(paint: Paint, { strategy, why, passedOver, preview }: RunRecovery): string[] {
  return [
    `${paint('strong', inWords(strategy))}: ${plain(why)}`,
    ...passedOver.map((each) => `  ${paint('inactive', `not ${inWords(each.strategy)}: ${plain(each.why)}`)}`),
    ...previewLines(paint, preview),
  ]
}

function inWords(strategy: RunRecovery['strategy']): string {
  return strategy.replaceAll('_', ' ')
}
