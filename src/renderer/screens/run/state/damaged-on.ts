import type { Branch } from '../../../../model/branch.ts'

/** Which of the damaged checkpoints are on the line that leads to a branch: those that it came from up to where it began, and its own. */
export function damagedOn(branches: readonly Branch[], number: number, damaged: readonly number[]): readonly number[] {
  const branch = branches.find((each) => each.number === number)
  if (branch === undefined || damaged.length === 0) return damaged
  const after = branches.findLast((each) => each.number < number)?.head ?? -1
  const head = branches.some((each) => each.number > number) ? branch.head : Infinity
  const own = damaged.filter((each) => after < each && each <= head)
  const { parent, from } = branch
  if (parent === null || from === null) return own
  return [...damagedOn(branches, parent, damaged).filter((each) => each <= from), ...own]
}
