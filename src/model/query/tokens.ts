/** A query cut into its pieces, each with its place. Nothing is refused here: every text has pieces. */

/** From its first character up to, not including, `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** One alternative, out of its quotes. */
export interface Piece {
  readonly span: Span
  readonly text: string
  readonly quoted: boolean
  /** False where the text ends within quotes. */
  readonly closed: boolean
}

/** `-field:a,"b c"`: alternatives behind a name, or without one. There is one at least; it may be empty. */
export interface Token {
  readonly span: Span
  readonly not: boolean
  readonly name: { readonly text: string; readonly span: Span } | null
  readonly values: readonly Piece[]
}

const space = /\s*/y
const name = /([a-z_]+):/iy
const bare = /[^\s,]*/y
const quoted = /"((?:[^"\\]|\\.)*)("?)/sy

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = endOf(space, text, 0); at < text.length; at = endOf(space, text, at)) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at = token.span.to
  }
  return tokens
}

function tokenAt(text: string, from: number): Token {
  const not = text[from] === '-'
  const start = not ? from + 1 : from
  const [whole = '', named] = matchAt(name, text, start) ?? []
  const values: Piece[] = []
  let at = start + whole.length
  for (;;) {
    const piece = pieceAt(text, at)
    values.push(piece)
    at = piece.span.to
    if (text[at] !== ',') break
    at += 1
  }
  return {
    span: { from, to: at },
    not,
    name: named === undefined ? null : { text: named.toLowerCase(), span: { from: start, to: start + named.length } },
    values,
  }
}

function pieceAt(text: string, from: number): Piece {
  const [whole, inside = '', close] = matchAt(quoted, text, from) ?? []
  if (whole === undefined) {
    const to = endOf(bare, text, from)
    return { span: { from, to }, text: text.slice(from, to), quoted: false, closed: true }
  }
  const unescaped = inside.replaceAll(/\\(.)/gs, '$1')
  return { span: { from, to: from + whole.length }, text: unescaped, quoted: true, closed: close === '"' }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function endOf(pattern: RegExp, text: string, at: number): number {
  return at + (matchAt(pattern, text, at)?.[0].length ?? 0)
}

/** A text as an alternative: in quotes where it would otherwise end early or mean something else. */
export function written(text: string, plain: RegExp): string {
  return plain.test(text) ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
