import { UsageError } from './trouble.ts'

/** The number of a checkpoint as somebody typed it. @throws UsageError */
export function checkpointNumber(text: string, run: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= 0) return number
  throw new UsageError(`${text} is no number of a checkpoint: cairn checkpoints ${run} lists them`)
}
