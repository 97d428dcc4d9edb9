/** The option that a person may have meant: one that begins so, else one that is few slips away. */
export function nearest<T extends string>(text: string, options: readonly T[]): T | undefined {
  const begun = text.length >= 2 ? options.find((option) => option.startsWith(text)) : undefined
  if (begun !== undefined) return begun
  const [best] = options
    .map((option) => ({ option, slips: slipsBetween(text, option) }))
    .filter(({ option, slips }) => slips <= Math.floor(option.length / 3))
    .toSorted((a, b) => a.slips - b.slips)
  return best?.option
}

/** Characters to put in, take out or change (Levenshtein). */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...b].entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
