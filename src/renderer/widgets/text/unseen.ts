/**
 * Characters that nobody sees, and that change what is read: they turn its direction, hide in it, or part it.
 *
 * 1. What a script or an emoji needs stays as it is: joiners between letters that join, the joiner and the selector of
 *    an emoji, the three flags that are spelled with tags. Letters of any script, of either direction, are never touched.
 * 2. Everything else that leaves no mark is named where it stands; so are the controls of direction, always.
 * 3. What a text is made of can be read off its parts: nothing is dropped.
 */

/** The same character that nobody sees, so many times in a row. */
export interface Unseen {
  readonly kind: 'unseen'
  readonly code: number
  readonly count: number
}

export type Part = Unseen | { readonly kind: 'plain'; readonly text: string }

/** Scripts in which a joiner between two letters changes how they are written. */
const joining = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt']
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('')

const meant = [
  String.raw`(?<=[${joining}])[\u200C\u200D](?=[${joining}])`,
  String.raw`(?<=[\p{ExtPict}\p{EMod}\uFE0F])\u200D(?=\p{ExtPict})`,
  String.raw`(?<=\p{ExtPict})[\uFE0E\uFE0F]`,
  String.raw`(?<=[\d#*])\uFE0F(?=\u20E3)`,
  String.raw`(?<=\p{Script=Han})[\uFE00-\uFE02\u{E0100}-\u{E01EF}]`,
  String.raw`(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F]`,
  // England, Scotland, Wales.
  String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`,
].join('|')

/** Tabs and the ends of lines are seen by what they do. */
const unseen = String.raw`(?!\r\n|[\t\n])[\p{DI}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u2800\uFFF9-\uFFFB]`

const sought = new RegExp(String.raw`${meant}|(?<unseen>(?<one>${unseen})\k<one>*)`, 'gu')

/** The text in order: stretches that are read as they stand, and between them what is not seen. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = []
  let end = 0
  for (const { 0: found, index, groups } of text.matchAll(sought)) {
    const code = groups?.['unseen']?.codePointAt(0)
    if (code === undefined) continue
    if (index > end) parts.push({ kind: 'plain', text: text.slice(end, index) })
    parts.push({ kind: 'unseen', code, count: [...found].length })
    end = index + found.length
  }
  if (end < text.length) parts.push({ kind: 'plain', text: text.slice(end) })
  return parts
}

/** What stands in the place of what is not seen: `‹U+202E›`. */
export function token({ code, count }: Unseen): string {
  return `‹${codeName(code)}${count === 1 ? '' : ` ×${count}`}›`
}

/** The same in words: `right-to-left override, U+202E`. */
export function described({ code, count }: Unseen): string {
  return `${names.get(code) ?? kindOf(code)}, ${codeName(code)}${count === 1 ? '' : `, ${count} times`}`
}

/** The text with tokens in it, for what takes no more than text: titles, names of what is pressed. */
export function spelled(text: string): string {
  return partsOf(text)
    .map((part) => (part.kind === 'plain' ? part.text : token(part)))
    .join('')
}

/** The same, to stand among other words: whichever way it runs, they stay where they are. */
export function quoted(text: string): string {
  return `\u2068${spelled(text)}\u2069`
}

export interface Place {
  readonly part: Unseen
  /** Counted from 1, as an editor counts. */
  readonly line: number
  readonly column: number
  /** In code units, from the beginning of the text. */
  readonly offset: number
}

/** Where the characters are that nobody sees. */
export function placesOf(text: string): readonly Place[] {
  let [offset, line, start] = [0, 1, 0]
  return partsOf(text).flatMap((part): Place[] => {
    const from = offset
    if (part.kind === 'unseen') {
      offset += part.count * (part.code > 0xffff ? 2 : 1)
      return [{ part, line, column: from - start + 1, offset: from }]
    }
    offset += part.text.length
    for (const { index } of part.text.matchAll(/\n/g)) [line, start] = [line + 1, from + index + 1]
    return []
  })
}

function codeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

const names: ReadonlyMap<number, string> = new Map([
  [0x00, 'null'],
  [0x07, 'bell'],
  [0x08, 'backspace'],
  [0x0d, 'carriage return'],
  [0x1b, 'escape'],
  [0x7f, 'delete'],
  [0xad, 'soft hyphen'],
  [0x061c, 'Arabic letter mark'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'end of embedding or override'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'end of isolate'],
  [0xfeff, 'zero width no-break space'],
])

function kindOf(code: number): string {
  if (code < 0xa0) return 'control character'
  if (code >= 0xd800 && code < 0xe000) return 'half of a character'
  return code >= 0xe0000 && code < 0xe0080 ? 'tag character' : 'character without a mark'
}
