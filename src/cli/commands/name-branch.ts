import type { Context } from '../context.ts'
import { plain } from '../paint.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { acting } from '../session.ts'
import { branchNumber } from '../whole-number.ts'

/** Gives a branch of a run a name, or takes it away where none is given. */
export async function nameBranch(context: Context, text: string, number: string, name: string | undefined): Promise<number> {
  const branch = branchNumber(number, text)
  return acting(context, async ({ client: { api } }) => {
    const run = await findRun(api, text)
    const record = await api.runs.nameBranch({ run, branch, name: name ?? null })
    const called = name === undefined ? 'has no name' : `is called ${plain(name.trim())}`
    return print(context, record, () => [`${run}  branch ${branch} ${called}`])
  })
}
