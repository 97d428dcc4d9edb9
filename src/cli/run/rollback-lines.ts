import type { RollbackPreview } from '../../model/rollback.ts'
import type { Paint } from '../paint.ts'
import { moment } from '../times.ts'
import { childrenLines } from './children-lines.ts'
import { type Fact, factLines, named, oneLine, previewLines } from './preview-lines.ts'

/** What rolling back leads to, in words: what is undone first, and then what going back does. */
export function rollbackLines(paint: Paint, told: RollbackPreview): string[] {
  const { savepoint, compensates, outside, waits, stands, back } = told
  const facts: Fact[] = [
    ['is waited for', waits.map((each) => `${named(each)}, ${each.phase === 'run' ? 'left to end' : 'until it is known whether it happened'} since ${moment(each.since)}`)],
    ['is undone', compensates.map((each, at) => `${at + 1}. ${named(each)}${each.certain ? '' : ', if it completes'}`)],
    ['outside', outside.map(({ step, key }) => paint('attention', `undoing ${step} touches the outside world, under ${key}`))],
    ['child runs', childrenLines(paint, told.children)],
    ['stays done', oneLine(stands).map((steps) => paint('attention', `${steps}: nothing undoes it`))],
  ]
  const head = `back to the savepoint ${savepoint.name}, before ${named(savepoint)}${compensates.length === 0 ? '; nothing is to be undone' : ''}`
  return [head, ...factLines(paint, facts), ...previewLines(paint, back)]
}
