/** Dead letters that failed of the same, together. */
import { type DeadLetter, drainsBy, likenessOf } from '../../../model/dead-letter.ts'

export interface LetterGroup {
  readonly key: string
  /** What has stood longest first. */
  readonly letters: readonly [DeadLetter, ...DeadLetter[]]
}

/** The largest group first. */
export function groupsOf(letters: readonly DeadLetter[]): readonly LetterGroup[] {
  const groups = [...Map.groupBy(letters, likenessOf)].flatMap(([key, [first, ...others]]): LetterGroup[] => {
    return first === undefined ? [] : [{ key, letters: [first, ...others] }]
  })
  return groups.toSorted((one, other) => other.letters.length - one.letters.length)
}

/** How often each action is what draining does, the most frequent first. */
export function drainedBy(letters: readonly DeadLetter[]): readonly (readonly [action: string, count: number])[] {
  const counts = [...Map.groupBy(letters, drainsBy)].map(([action, { length }]) => [action, length] as const)
  return counts.toSorted(([, one], [, other]) => other - one)
}
