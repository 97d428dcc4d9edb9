import { ownFolder } from '../../evaluate.ts'

const longest = 8_000

/** A stack with the author's frames only, already mapped by Node to the source they were bundled from. */
export function authorStack(error: Error): string | undefined {
  const stack: unknown = error.stack
  if (typeof stack !== 'string') return undefined
  const lines = stack.split('\n').filter((line) => !isForeign(line))
  return lines.join('\n').slice(0, longest)
}

function isForeign(line: string): boolean {
  return /^\s+at /.test(line) && (line.includes('node:') || line.includes('<anonymous>)') || line.includes(ownFolder))
}
