import { capitalised } from '../prose.ts'

/** A stretch of a text and what to write there instead. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly replacement: string
}

/**
 * How to leave out the words from `start` to `end` so that spaces, commas and capitals still fit, or undefined where
 * that takes judgement: after “a” or “an”, which hangs on the next word.
 */
export function leaveOut(text: string, start: number, end: number): Change | undefined {
  const before = text.slice(0, start)
  const after = text.slice(end)
  if (/\ban?\s+$/i.test(before)) return undefined
  if (/(?:^|[.!?:]\s+|\n\s*)$/.test(before)) {
    const opening = /^,?\s+(\S)/.exec(after)
    return opening === null ? undefined : { start, end: end + opening[0].length, replacement: capitalised(opening[1] ?? '') }
  }
  if (/,\s*$/.test(before) && /^[,.;:!?]/.test(after)) {
    return { start: before.trimEnd().length - 1, end: after.startsWith(',') ? end + 1 : end, replacement: '' }
  }
  if (/^\s/.test(after)) return { start, end: end + 1, replacement: '' }
  return { start: before.trimEnd().length, end, replacement: '' }
}
