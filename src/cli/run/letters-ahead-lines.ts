import { counted } from '../../model/counted.ts'
import type { LettersAhead, Tally } from '../../model/letters-ahead.ts'
import { type Paint, plain } from '../paint.ts'
import { type Fact, factLines } from './preview-lines.ts'

/** What taking dead letters out of the queue does and leads to, in words. */
export function lettersAheadLines(paint: Paint, heading: string, of: readonly Tally[], does: readonly Tally[], ahead: LettersAhead): string[] {
  const facts: Fact[] = [
    ['of', tallied(of)],
    ['does', tallied(does)],
    ['runs again', tallied(ahead.runs)],
    ['may run', tallied(ahead.mayRun)],
    ['outside', tallied(ahead.outside).map((line) => paint('attention', line))],
    ['undone', tallied(ahead.undone)],
    ['refused', tallied(ahead.refused)],
  ]
  return [heading, ...factLines(paint, facts)]
}

function tallied(tallies: readonly Tally[]): string[] {
  return tallies.map(({ what, runs }) => `${plain(what)}: ${runsIn(runs)}`)
}

export function runsIn(count: number): string {
  return counted(count, 'run')
}
