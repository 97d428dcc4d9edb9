import type { Branch } from '../../model/branch.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { type Paint, plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { findRun } from '../run-id.ts'
import { runStatus } from '../status.ts'
import { moment } from '../times.ts'

/** Lists the branches of a run, oldest first; the one that it is on has a star. */
export async function branches(context: Context, text: string): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const found = await api.runs.branches({ run: await findRun(api, text) })
    return print(context, found, () => table(context.paint, titles, found.branches, row))
  })
}

const titles = ['branch', 'name', 'from', 'newest', 'removed', 'version', 'stands', 'by', 'begun', 'why']

function row({ number, name, parent, from, head, workflowVersion, status, waiting, by, at, why, removed, isPresent }: Branch, paint: Paint): string[] {
  return [
    `${number}${isPresent ? ' *' : ''}`,
    plain(name ?? ''),
    from === null ? '' : `${from} of ${parent ?? 0}`,
    String(head),
    removed.map(({ first, last }) => `${first}-${last}`).join(' '),
    String(workflowVersion),
    runStatus(paint, status, waiting),
    plain(by.name),
    moment(at),
    plain(why ?? ''),
  ]
}
