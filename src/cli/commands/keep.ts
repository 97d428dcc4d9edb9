import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { acting } from '../session.ts'

export interface KeepOptions {
  readonly reason?: string
  /** Take the wish back. */
  readonly undo?: boolean
}

/** Has retention leave a run alone, whatever its bounds say, or takes that back. */
export async function keep(context: Context, text: string, { reason, undo = false }: KeepOptions): Promise<number> {
  return acting(context, async ({ client: { api } }) => {
    const run = await findRun(api, text)
    const record = await api.runs.keep({ run, keep: !undo, ...(reason === undefined ? {} : { reason }) })
    return print(context, record, () => [record.kept === null ? `${run}  goes when retention says so` : `${run}  is kept, whatever retention says`])
  })
}
