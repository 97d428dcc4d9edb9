import type { Branch } from '../../../../model/branch.ts'

export type Removed = Branch['removed'][number]

/** What retention removed of the line that leads to a branch: of those that it came from up to where it began, and its own. */
export function removedOn(branches: readonly Branch[], number: number): readonly Removed[] {
  const branch = branches.find((each) => each.number === number)
  if (branch === undefined) return []
  const { parent, from, removed } = branch
  if (parent === null || from === null) return removed
  const before = removedOn(branches, parent).flatMap((range) => (range.first > from ? [] : [{ ...range, last: Math.min(range.last, from) }]))
  return [...before, ...removed]
}

/** Which checkpoints these are: `checkpoints 0 to 30, 56`. */
export function spansOf(removed: readonly Removed[]): string {
  const spans = removed.map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`))
  const [only] = removed
  return `${removed.length === 1 && only?.first === only?.last ? 'checkpoint' : 'checkpoints'} ${spans.join(', ')}`
}
