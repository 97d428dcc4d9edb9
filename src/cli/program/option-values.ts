import { InvalidArgumentError } from '@commander-js/extra-typings'
import { GivenPriority } from '../../model/priority.ts'
import { wholeNumber } from '../whole-number.ts'

/** Of an option that may be repeated, each time it is given. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

/** @throws InvalidArgumentError */
export function priority(text: string): GivenPriority {
  const given = GivenPriority.safeParse(/^[+-]?\d+$/.test(text) ? Number(text) : text)
  if (!given.success) throw new InvalidArgumentError('high, normal, low, or a number from -100 to 100, please')
  return given.data
}

/** @throws InvalidArgumentError */
export function count(text: string): number {
  const number = wholeNumber(text)
  if (number === undefined) throw new InvalidArgumentError('a whole number, please')
  return number
}
