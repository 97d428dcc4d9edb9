import { UsageError } from './trouble.ts'

/** A number as somebody typed it, in digits alone; undefined where it is none. */
export function wholeNumber(text: string): number | undefined {
  const number = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : undefined
}

/** @throws UsageError where it is no number, naming the command that lists what there is */
export function numberOf(what: 'checkpoint' | 'branch', text: string, run: string): number {
  const number = wholeNumber(text)
  if (number !== undefined) return number
  const lister = what === 'checkpoint' ? 'checkpoints' : 'branches'
  throw new UsageError(`${text === '' ? 'nothing' : text} is no number of a ${what}: cairn ${lister} ${run} lists them`)
}
