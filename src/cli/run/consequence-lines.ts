import type { Consequence } from '../../model/consequence.ts'
import { type Paint, plain } from '../paint.ts'
import { outsideLines } from './outside-lines.ts'
import { type Fact, factLines, oneLine, stepFacts } from './preview-lines.ts'

/** What an answer leads to, in words. */
export function consequenceLines(paint: Paint, told: Consequence): string[] {
  const { action, kept, runs, outside, compensates, refused } = told
  const facts: Fact[] = [
    ['refused', refused.map(({ message, wayOut }) => plain(wayOut === undefined ? message : `${message}; ${wayOut}`))],
    ...stepFacts({ reused: kept, runs }),
    ['outside', outside.flatMap((each) => outsideLines(paint, each))],
    ['undone', oneLine(compensates)],
  ]
  return [`${paint('strong', action)}: ${wayOf(told)}`, ...factLines(paint, facts)]
}

function wayOf({ outcome, ends, to, checkpoint }: Consequence): string {
  switch (outcome) {
    case 'goes_on':
      return 'the run goes on'
    case 'loops_back':
      return `the run goes back to ${to ?? 'an earlier step'}`
    case 'rolls_back':
      return to === null ? 'the run is rolled back' : `the run is rolled back to before ${to}`
    case 'goes_back':
      return checkpoint === 0 ? 'the run begins anew, on a branch of its own' : `the run goes back to checkpoint ${checkpoint ?? 0}, onto a branch of its own`
    case 'ends':
      return `the run ends as ${ends ?? 'cancelled'}`
    case 'refused':
      return 'this cannot be done as things stand'
  }
}
