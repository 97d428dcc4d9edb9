import { stateDifferences } from '../../model/difference.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { aligned } from '../paint.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { differenceRow } from '../run/difference-row.ts'
import { namedMoment } from '../run/named-moment.ts'

/** Prints what is different between two checkpoints of a run, of whichever branches, or between branches as they are or were left. */
export async function diff(context: Context, text: string, one: string, other: string): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const run = await findRun(api, text)
    const [from, to] = [await namedMoment(api, run, one), await namedMoment(api, run, other)]
    const at = (checkpoint: number) => api.runs.state({ run, checkpoint })
    const differences = stateDifferences(await at(from), await at(to))
    if (differences.length === 0) context.terminal.err(`nothing is different between ${from} and ${to}`)
    const rows = () => aligned(differences.map((each) => differenceRow(context.paint, each)))
    return print(context, { run, from, to, differences }, rows)
  })
}
