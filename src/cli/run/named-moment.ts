import type { Api } from '../../contract/index.ts'
import { branchName } from '../../model/branch.ts'
import type { RunId } from '../../model/ids.ts'
import { UsageError } from '../trouble.ts'
import { wholeNumber } from '../whole-number.ts'

/** Stands before the number of a branch, which alone would be that of a checkpoint. */
const prefix = 'branch:'

/**
 * The number of the checkpoint that somebody means by it, or by a branch: `branch:1`, or what it is called. A branch stands
 * for its newest checkpoint.
 * @throws UsageError where it is neither, or several branches are called that
 */
export async function namedMoment(api: Api, run: RunId, text: string): Promise<number> {
  const checkpoint = wholeNumber(text)
  if (checkpoint !== undefined) return checkpoint
  const name = text.startsWith(prefix) ? text.slice(prefix.length).trim() : text.trim()
  const { branches } = await api.runs.branches({ run })
  const meant = branches.filter((branch) => branch.number === wholeNumber(name) || branchName(branch) === name)
  const [only, another] = meant
  if (only === undefined) {
    throw new UsageError(
      `${text === '' ? 'nothing' : text} is no number of a checkpoint and no branch: cairn checkpoints ${run} and cairn branches ${run} list them`,
    )
  }
  if (another !== undefined) throw new UsageError(`${text} may mean ${meant.map(({ number }) => `${prefix}${number}`).join(', ')}: name one by its number`)
  return only.head
}
