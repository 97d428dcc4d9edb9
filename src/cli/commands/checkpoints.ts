import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Context } from '../context.ts'
import type { Api } from '../../contract/index.ts'
import type { RunId } from '../../model/ids.ts'
import { exitCodes } from '../exit-codes.ts'
import { aligned, type Paint } from '../paint.ts'
import { findRun } from '../run-id.ts'
import { reading } from '../session.ts'
import { moment } from '../times.ts'

/** Lists the checkpoints of a run, oldest first. */
export async function checkpoints(context: Context, text: string): Promise<number> {
  return reading(context, async ({ client: { api } }) => {
    const found = await all(api, await findRun(api, text))
    if (context.json) context.terminal.out(JSON.stringify({ checkpoints: found }))
    else for (const line of aligned([heading(context.paint), ...found.map(row)])) context.terminal.out(line)
    return exitCodes.done
  })
}

const page = 1_000

async function all(api: Api, run: RunId): Promise<Checkpoint[]> {
  const found: Checkpoint[] = []
  for (;;) {
    const { checkpoints: some } = await api.runs.checkpoints({ run, after: found.at(-1)?.number, limit: page })
    found.push(...some)
    if (some.length < page) return found
  }
}

function heading(paint: Paint): string[] {
  return ['number', 'type', 'step', 'taken', 'checksum'].map((title) => paint('inactive', title))
}

function row({ number, branch, type, step, iteration, at, checksum }: Checkpoint): string[] {
  const name = step === null ? '' : iteration === null || iteration === 1 ? step : `${step} #${iteration}`
  return [branch === 0 ? String(number) : `${number} (branch ${branch})`, type, name, moment(at), checksum.slice(0, 12)]
}
