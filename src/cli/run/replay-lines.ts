import { differences } from '../../model/difference.ts'
import type { Edited, ReplayPreview } from '../../model/replay.ts'
import { aligned, type Paint } from '../paint.ts'
import { runStatus } from '../status.ts'
import { childrenLines } from './children-lines.ts'
import { differenceRow } from './difference-row.ts'
import { beforeLines } from './outside-lines.ts'
import { factLines, migrationFacts, oneLine, stepFacts } from './preview-lines.ts'

/** What a replay leads to, in words. */
export function replayLines(paint: Paint, told: ReplayPreview): string[] {
  const { checkpoint, becomes, undone, renewed, edits } = told
  return [
    `a new run from checkpoint ${checkpoint}, which is ${runStatus(paint, becomes, null)} and touches nothing outside by itself`,
    ...factLines(paint, [
      ...migrationFacts(paint, told),
      ['becomes', told.migrated.flatMap((each) => editLines(paint, each))],
      ...stepFacts(told),
      ['to be armed', told.outside.flatMap(({ step, before }) => [paint('attention', step), ...beforeLines(paint, before)])],
      ['child runs', childrenLines(paint, told.children)],
      ['undone since', oneLine(undone)],
      ['goes by an edit', oneLine(renewed)],
      ['edited', edits.flatMap((edit) => editLines(paint, edit))],
    ]),
  ]
}

function editLines(paint: Paint, { key, before, after }: Edited): string[] {
  const rows = differences(before, after).map((each) => differenceRow(paint, { ...each, path: [key, ...each.path] }))
  return rows.length === 0 ? [`${key}, to what it was`] : aligned(rows)
}
