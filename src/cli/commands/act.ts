import type { RunRecord } from '../../model/run.ts'
import { isEnded } from '../../model/status.ts'
import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { settle } from '../run/settle.ts'
import { acting } from '../session.ts'
import { runStatus } from '../status.ts'
import { moment } from '../times.ts'

export interface ActOptions {
  readonly reason?: string
}

/** Pauses, resumes or cancels a run as it is now. */
export async function act(
  context: Context,
  action: 'pause' | 'resume' | 'cancel',
  text: string,
  { reason }: ActOptions,
): Promise<number> {
  return acting(context, async (session) => {
    const { api } = session.client
    const run = await findRun(api, text)
    const record = await settle(session, await api.runs[action]({ run, ...(reason === undefined ? {} : { reason }) }))
    return print(context, record, () => [`${run}  ${runStatus(context.paint, record.status, record.waiting)}`, ...graceOf(record)])
  })
}

/** What is inside an effect is waited for a while. */
function graceOf({ status, closing }: RunRecord): readonly string[] {
  const grace = closing === null || closing.outcome === 'rolled_back' || isEnded(status) ? undefined : closing.grace
  return grace === undefined ? [] : [`what is inside an effect has until ${moment(grace.until)} to end, then it is cut off`]
}
