/** How many letters must be changed, added, dropped or swapped with their neighbour to make one word of the other. */
export function editDistance(from: string, to: string): number {
  const a = [...from]
  const b = [...to]
  const rows: number[][] = []
  /** Distance of the first `i` letters of one from the first `j` of the other. */
  const distance = (i: number, j: number): number => (i === 0 ? j : j === 0 ? i : (rows[i]?.[j] ?? 0))
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    rows[i] = row
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        distance(i - 1, j) + 1,
        distance(i, j - 1) + 1,
        distance(i - 1, j - 1) + (same ? 0 : 1),
        swapped ? distance(i - 2, j - 2) + 1 : Infinity,
      )
    }
  }
  return distance(a.length, b.length)
}

/** How many letters one word has that the other has not, wherever they stand. */
export function lettersApart(from: string, to: string): number {
  const counts = new Map<string, number>()
  for (const letter of from) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  for (const letter of to) counts.set(letter, (counts.get(letter) ?? 0) - 1)
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0)
}
