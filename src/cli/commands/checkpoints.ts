import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Context } from '../context.ts'
import type { Api } from '../../contract/index.ts'
import type { RunId } from '../../model/ids.ts'
import { type CheckpointList, lastOf } from '../../model/views.ts'
import { looking } from '../looking.ts'
import { plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { tellDamagedCheckpoints } from '../run/tell-damaged.ts'
import { findRun } from '../run-id.ts'
import { moment } from '../times.ts'

/** Lists the checkpoints of a run, oldest first. */
export async function checkpoints(context: Context, text: string): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const run = await findRun(api, text)
    const found = await all(api, run)
    tellDamagedCheckpoints(context, run, found.damaged)
    return print(context, found, () => table(context.paint, titles, inOrder(found), row))
  })
}

const titles = ['number', 'type', 'step', 'taken', 'checksum', 'note']

const page = 1_000

async function all(api: Api, run: RunId): Promise<CheckpointList> {
  const found: CheckpointList = { checkpoints: [], damaged: [] }
  for (;;) {
    const { checkpoints, damaged } = await api.runs.checkpoints({ run, after: lastOf(found), limit: page })
    found.checkpoints.push(...checkpoints)
    found.damaged.push(...damaged)
    if (checkpoints.length + damaged.length < page) return found
  }
}

type Listed = Checkpoint | Pick<Checkpoint, 'number'>

function inOrder({ checkpoints, damaged }: CheckpointList): Listed[] {
  return [...checkpoints, ...damaged.map((number) => ({ number }))].toSorted((a, b) => a.number - b.number)
}

function row(listed: Listed): string[] {
  if (!('type' in listed)) return [String(listed.number), 'damaged', '', '', '', '']
  const { number, branch, type, step, iteration, at, checksum, note } = listed
  const name = step === null ? '' : iteration === null || iteration === 1 ? step : `${step} #${iteration}`
  const place = branch === 0 ? String(number) : `${number} (branch ${branch})`
  return [place, type, name, moment(at), checksum.slice(0, 12), plain(note ?? '')]
}
