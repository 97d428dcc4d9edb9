import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { previewLines } from '../run/preview-lines.ts'
import { acting } from '../session.ts'
import { numberOf } from '../whole-number.ts'

/** Says what going back to a checkpoint would lead to, and does not go. */
export async function preview(context: Context, text: string, at: string): Promise<number> {
  const checkpoint = numberOf('checkpoint', at, text)
  return acting(context, async ({ client: { api } }) => {
    const told = await api.runs.preview({ run: await findRun(api, text), checkpoint })
    return print(context, told, () => previewLines(context.paint, told))
  })
}
