import { describe, expect, test } from 'vitest'
import { transitions } from '../../src/model/transitions.ts'
import { read } from './checkout.ts'

type Table = Readonly<Record<string, readonly string[]>>

/** The moves that are drawn under each heading, `from --> to`; `[*]` stands for where a status begins and ends. */
function drawn(document: string): Record<string, string[]> {
  const drawings: Record<string, string[]> = {}
  for (const section of document.split(/^## /m).slice(1)) {
    const name = section.slice(0, section.indexOf('\n')).trim().toLowerCase()
    const drawing = /```mermaid\nstateDiagram-v2\n(.*?)```/s.exec(section)?.[1]
    if (drawing === undefined) continue
    drawings[name] = drawing
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => /^ *(\S+ --> \w+|\S+ --> \[\*\])(: .+)?$/.exec(line)?.[1] ?? `not a move: ${line}`)
  }
  return drawings
}

/** The moves of a table, drawn the same way. */
function movesOf(table: Table, first: string): string[] {
  const moves = Object.entries(table).flatMap(([from, to]) => (to.length === 0 ? ['[*]'] : to).map((next) => `${from} --> ${next}`))
  return [`[*] --> ${first}`, ...moves]
}

const first = { run: 'queued', step: 'pending', attempt: 'running', decision: 'pending', error: 'recovering', breaker: 'closed' }
const document = read('docs/STATE_MACHINE.md')
const nouns = ['run', 'step', 'attempt', 'decision', 'error', 'breaker'] as const

test('every noun of the table is drawn, and no other', () => {
  expect(Object.keys(drawn(document))).toEqual(Object.keys(transitions))
})

describe.each(nouns)('the drawing of a %s', (noun) => {
  const moves = movesOf(transitions[noun], first[noun])

  test('has exactly the moves of the table', () => {
    expect(drawn(document)[noun]?.toSorted()).toEqual(moves.toSorted())
  })

  test('is found wrong where a move is missing or added', () => {
    const drawing = drawn(document)[noun] ?? []
    const missing = document.replace(new RegExp(`^  ${drawing[1]?.replaceAll(/[[\]*]/g, '\\$&')}\\b.*\\n`, 'm'), '')
    expect(missing).not.toBe(document)
    expect(drawn(missing)).not.toEqual(drawn(document))
    const added = document.replaceAll(/^ {2}\[\*\] --> .*$/gm, '$&\n  approved --> running')
    expect(drawn(added)[noun]?.toSorted()).not.toEqual(moves.toSorted())
  })
})
