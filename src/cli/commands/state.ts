import { stringify } from 'yaml'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { plain } from '../paint.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { namedMoment } from '../run/named-moment.ts'
import { inWords } from '../run/in-words.ts'

/** Prints the state of a run at a checkpoint, where a branch was left, or as it is now. */
export async function state(context: Context, text: string, checkpoint: string | undefined): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const run = await findRun(api, text)
    const number = checkpoint === undefined ? undefined : await namedMoment(api, run, checkpoint)
    const found = await api.runs.state({ run, checkpoint: number })
    const { checkpoint: at, input, context: known, outputs } = found
    const latest = Object.fromEntries(Object.entries(outputs).map(([step, passes]) => [step, passes.at(-1)?.output ?? null]))
    const shown = { checkpoint: at.number, type: at.type, input, context: known, outputs: latest }
    return print(context, found, () => [plain(stringify(inWords(shown), { lineWidth: 0 })).trimEnd()])
  })
}
