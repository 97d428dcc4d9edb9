import { type Json, readJson } from '../../../model/json.ts'

/** Where a text is no JSON: lines and columns begin at 1, the offset at 0. */
export interface SyntaxProblem {
  readonly message: string
  readonly line: number
  readonly column: number
  readonly offset: number
}

export type Parsed = { readonly value: Json; readonly problem?: never } | { readonly problem: SyntaxProblem; readonly value?: never }

/** Several parts of a screen ask about one text. */
let last: { readonly text: string; readonly parsed: Parsed } | undefined

/** Reads what somebody wrote as JSON. */
export function parseJson(text: string): Parsed {
  last = last?.text === text ? last : { text, parsed: read(text) }
  return last.parsed
}

function read(text: string): Parsed {
  if (text.trim() === '') return { problem: problemAt(text, text.length, 'Nothing is written here yet') }
  try {
    return { value: readJson(text) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { problem: problemAt(text, offsetIn(message, text), plain(message)) }
  }
}

/** Engines say where in their own words: V8 by position, Firefox by line and column; at the end, some say nothing. */
function offsetIn(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? []
  if (line === undefined || column === undefined) return text.length
  const before = text.split('\n').slice(0, Number(line) - 1)
  return before.reduce((sum, each) => sum + each.length + 1, 0) + Number(column) - 1
}

function problemAt(text: string, offset: number, message: string): SyntaxProblem {
  const lines = text.slice(0, offset).split('\n')
  return { message, offset, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

function plain(message: string): string {
  const said = message
    .replace(/^JSON\.parse: /, '')
    .replace(/,? ?"[^]*" is not valid JSON$/, '')
    .replace(/,? \.\.\.[^]* is not valid JSON$/, '')
    .replace(/ in JSON at position.*$/, '')
    .replace(/ at position \d+.*$/, '')
    .replace(/ at line \d+ column \d+.*$/, '')
  return said === '' ? 'This is no JSON' : said
}
