/** How many of something there are, in words: `1 run`, `1,204 runs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** How often something is, in words: `once`, `3 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : counted(count, 'time')
}
