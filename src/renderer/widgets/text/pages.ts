/** A long text is shown a page at a time: drawn whole, a megabyte of it holds up everything that stands beside it. */

/** So many characters at once. */
export const page = 20_000

/** Where the first so many characters end: no character is cut in two. */
export function endOf(text: string, length: number): number {
  const cuts = length < text.length && /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(length))
  return Math.min(text.length, cuts ? length + 1 : length)
}

/** How much of a text is shown, in words; undefined where all of it is. */
export function partShown(text: string, shown: number): string | undefined {
  if (shown >= text.length) return undefined
  return `${shown.toLocaleString('en')} of ${text.length.toLocaleString('en')} characters`
}
