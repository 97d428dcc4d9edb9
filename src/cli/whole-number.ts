import { UsageError } from './trouble.ts'

/** A number as somebody typed it, in digits alone; undefined where it is none. */
export function wholeNumber(text: string): number | undefined {
  const number = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : undefined
}

/** The number of a branch. @throws UsageError where it is none, naming the command that lists what there is */
export function branchNumber(text: string, run: string): number {
  const number = wholeNumber(text)
  if (number !== undefined) return number
  throw new UsageError(`${text === '' ? 'nothing' : text} is no number of a branch: cairn branches ${run} lists them`)
}
