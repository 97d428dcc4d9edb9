import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { namedMoment } from '../run/named-moment.ts'
import { previewLines } from '../run/preview-lines.ts'
import { acting, starting } from '../session.ts'

export interface PreviewOptions {
  /** The run would go on with the workflow as it is now. */
  readonly present?: boolean
}

/** Says what going back to a checkpoint, or to where a branch was left, would lead to, and does not go. */
export async function preview(context: Context, text: string, at: string, { present = false }: PreviewOptions): Promise<number> {
  return (present ? starting : acting)(context, async ({ client: { api } }) => {
    const definition = present ? 'present' : 'pinned'
    const run = await findRun(api, text)
    const told = await api.runs.preview({ run, checkpoint: await namedMoment(api, run, at), definition })
    return print(context, told, () => previewLines(context.paint, told))
  })
}
