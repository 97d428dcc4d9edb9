import type { Instant } from '../../../../model/ids.ts'

interface Said {
  readonly at: Instant
}

/** What had been said by a moment; all of it where none is looked at. */
export function saidBy<S extends Said>(all: readonly S[], moment: Instant | undefined): readonly S[] {
  return moment === undefined ? all : all.filter(({ at }) => at <= moment)
}

/** `not_kept`: of what an attempt says again and again only the last is kept, and it said that later. */
export type LastSaid<S extends Said> = S | 'not_kept' | undefined

/** The last that a pass had said by a moment, of which what it said last of all is known. */
export function lastSaidBy<S extends Said>(last: S | undefined, moment: Instant | undefined): LastSaid<S> {
  return last !== undefined && moment !== undefined && last.at > moment ? 'not_kept' : last
}
