/** A query cut up for the eye: every character once, in order, with what it is. */
import type { Problem } from '../../../model/query/problem.ts'
import { type Span, tokensOf } from '../../../model/query/tokens.ts'

export type Kind = 'gap' | 'sign' | 'name' | 'value'

export interface Piece {
  readonly text: string
  readonly kind: Kind
  /** Part of what a problem is about. */
  readonly wrong: boolean
}

/** `problems` are those to be marked. */
export function piecesOf(query: string, problems: readonly Problem[]): readonly Piece[] {
  const kinds = Array.from<Kind>({ length: query.length }).fill('gap')
  const paint = ({ from, to }: Span, kind: Kind): void => void kinds.fill(kind, from, to)
  for (const { span, name, values, not } of tokensOf(query)) {
    paint(span, 'sign')
    if (not) paint({ from: span.from, to: span.from + 1 }, 'sign')
    if (name !== null) paint({ from: name.span.from, to: name.span.to + 1 }, 'name')
    for (const value of values) paint(value.span, 'value')
  }
  const pieces: Piece[] = []
  for (const [index, kind] of kinds.entries()) {
    const wrong = problems.some(({ span }) => isWithin(index, span))
    const last = pieces.at(-1)
    const text = query.charAt(index)
    if (last?.kind === kind && last.wrong === wrong) pieces[pieces.length - 1] = { ...last, text: last.text + text }
    else pieces.push({ text, kind, wrong })
  }
  return pieces
}

function isWithin(index: number, { from, to }: Span): boolean {
  return index >= from && index < to
}

/** The problems without those of the word at the caret: while it is being typed it is not wrong yet. */
export function outsideWord(problems: readonly Problem[], query: string, caret: number): readonly Problem[] {
  const word = tokensOf(query).find(({ span: { from, to } }) => from <= caret && caret <= to)?.span
  return word === undefined ? problems : problems.filter(({ span }) => span.from < word.from || span.to > word.to)
}

/** The query with what is likely meant in the place of what is wrong. */
export function mended(query: string, { span, instead }: Problem): string {
  return `${query.slice(0, span.from)}${instead ?? ''}${query.slice(span.to)}`
}
