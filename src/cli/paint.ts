import { stripVTControlCharacters, styleText } from 'node:util'

export type Tone = 'running' | 'success' | 'failure' | 'attention' | 'inactive' | 'strong'

const colours = {
  running: 'blue',
  success: 'green',
  failure: 'red',
  attention: 'yellow',
  inactive: 'gray',
  strong: 'bold',
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>

/** Puts a text into its colour, or leaves it as it is where there are none. */
export type Paint = (tone: Tone, text: string) => string

export function painter(colour: boolean): Paint {
  return (tone, text) => (colour && text !== '' ? styleText(colours[tone], text, { validateStream: false }) : text)
}

/** What other people's text may not do to a terminal: move, clear, ring, colour, or turn its words around. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '')
}

/** Rows as aligned columns, each in one line, without blanks at their ends. */
export function aligned(written: readonly (readonly string[])[]): string[] {
  const rows = written.map((row) => row.map(inOneLine))
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell))
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd(),
  )
}

function inOneLine(cell: string): string {
  return cell.replaceAll(/\s*\n\s*/g, ' ')
}

function width(text: string): number {
  return stripVTControlCharacters(text).length
}
