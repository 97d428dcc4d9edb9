import type { Suggestion } from './review.ts'

export interface Correction extends Suggestion {
  readonly replacement: string
}

export function isCorrection<S extends Suggestion>(suggestion: S): suggestion is S & Correction {
  return suggestion.replacement !== undefined
}

/** Of corrections in the order of their importance, those that touch none before them. */
export function withoutOverlaps<C extends Correction>(corrections: readonly C[]): readonly C[] {
  const chosen: C[] = []
  for (const one of corrections) {
    if (chosen.every((other) => one.end <= other.start || other.end <= one.start)) chosen.push(one)
  }
  return chosen
}

/** Corrections that touch none of each other, made from the end so that the places of the others stay true. */
export function corrected(text: string, corrections: readonly Pick<Correction, 'start' | 'end' | 'replacement'>[]): string {
  return corrections
    .toSorted((a, b) => b.start - a.start)
    .reduce((sofar, { start, end, replacement }) => sofar.slice(0, start) + replacement + sofar.slice(end), text)
}
