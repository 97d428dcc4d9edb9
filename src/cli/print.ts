import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { aligned, type Paint } from './paint.ts'

/** Prints an answer, as data or in words; with that the command is done. */
export function print({ terminal, json }: Context, data: unknown, words: () => readonly string[]): number {
  for (const line of json ? [JSON.stringify(data)] : words()) terminal.out(line)
  return exitCodes.done
}

/** Items as rows under their titles; nothing where there are none. */
export function table<T>(
  paint: Paint,
  titles: readonly string[],
  items: readonly T[],
  row: (item: T, paint: Paint) => string[],
): string[] {
  const heading = titles.map((title) => paint('inactive', title))
  return items.length === 0 ? [] : aligned([heading, ...items.map((item) => row(item, paint))])
}
