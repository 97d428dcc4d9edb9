import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Context } from '../context.ts'
import type { Api } from '../../contract/index.ts'
import type { RunId } from '../../model/ids.ts'
import { plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { findRun } from '../run-id.ts'
import { reading } from '../session.ts'
import { moment } from '../times.ts'

/** Lists the checkpoints of a run, oldest first. */
export async function checkpoints(context: Context, text: string): Promise<number> {
  return reading(context, async ({ client: { api } }) => {
    const found = await all(api, await findRun(api, text))
    return print(context, { checkpoints: found }, () => table(context.paint, titles, found, row))
  })
}

const titles = ['number', 'type', 'step', 'taken', 'checksum', 'note']

const page = 1_000

async function all(api: Api, run: RunId): Promise<Checkpoint[]> {
  const found: Checkpoint[] = []
  for (;;) {
    const { checkpoints: some } = await api.runs.checkpoints({ run, after: found.at(-1)?.number, limit: page })
    found.push(...some)
    if (some.length < page) return found
  }
}

function row({ number, branch, type, step, iteration, at, checksum, note }: Checkpoint): string[] {
  const name = step === null ? '' : iteration === null || iteration === 1 ? step : `${step} #${iteration}`
  const place = branch === 0 ? String(number) : `${number} (branch ${branch})`
  return [place, type, name, moment(at), checksum.slice(0, 12), plain(note ?? '')]
}
