import { type Difference, stateDifferences } from '../../model/difference.ts'
import type { Json } from '../../model/json.ts'
import { checkpointNumber } from '../checkpoint-number.ts'
import type { Context } from '../context.ts'
import { aligned, type Paint, plain } from '../paint.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { reading } from '../session.ts'

/** Prints what is different between two checkpoints of a run, of whichever branches. */
export async function diff(context: Context, text: string, one: string, other: string): Promise<number> {
  const [from, to] = [checkpointNumber(one, text), checkpointNumber(other, text)]
  return reading(context, async ({ client: { api } }) => {
    const run = await findRun(api, text)
    const at = (checkpoint: number) => api.runs.state({ run, checkpoint })
    const differences = stateDifferences(await at(from), await at(to))
    if (differences.length === 0) context.terminal.err(`nothing is different between ${from} and ${to}`)
    return print(context, { run, from, to, differences }, () => aligned(differences.map((each) => row(context.paint, each))))
  })
}

function row(paint: Paint, difference: Difference): string[] {
  const place = plain(difference.path.join('.'))
  switch (difference.kind) {
    case 'added':
      return [paint('success', `+ ${place}`), written(difference.after)]
    case 'removed':
      return [paint('failure', `- ${place}`), written(difference.before)]
    case 'changed':
      return [paint('attention', `~ ${place}`), `${written(difference.before)} → ${written(difference.after)}`]
  }
}

/** How much of a value a line shows; `--json` has all of it. */
const shown = 200

function written(value: Json): string {
  const text = plain(JSON.stringify(value))
  return text.length <= shown ? text : `${text.slice(0, shown)}…`
}
