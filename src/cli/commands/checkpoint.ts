import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { settle } from '../run/settle.ts'
import { acting } from '../session.ts'

export interface CheckpointOptions {
  readonly note?: string
}

/** Takes a checkpoint of a run as it is now. */
export async function checkpoint(context: Context, text: string, { note }: CheckpointOptions): Promise<number> {
  return acting(context, async (session) => {
    const { api } = session.client
    const run = await findRun(api, text)
    const taken = await api.runs.checkpoint({ run, ...(note === undefined ? {} : { note }) })
    await settle(session, taken)
    return print(context, taken, () => [`${run}  checkpoint ${taken.head}`])
  })
}
