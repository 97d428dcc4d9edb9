/** What a table of runs can show, and how a person's choice of it changes. */
import { z } from 'zod'
import type { RunSort } from '../../../model/found-runs.ts'

export const ColumnId = z.enum([
  'status',
  'workflow',
  'id',
  'started',
  'duration',
  'step',
  'attempts',
  'version',
  'checkpoints',
  'correlation',
  'ended',
  'failure',
])
export type ColumnId = z.infer<typeof ColumnId>

export interface Column {
  readonly title: string
  /** In pixels, unless a person set another. */
  readonly width: number
  /** Takes a share of the room that is left over. */
  readonly grows?: boolean
  /** Figures, which stand to the right. */
  readonly figures?: boolean
  readonly sort?: RunSort['by']
}

export const columns: Readonly<Record<ColumnId, Column>> = {
  status: { title: 'Status', width: 168, sort: 'status' },
  workflow: { title: 'Workflow', width: 150, grows: true, sort: 'workflow' },
  id: { title: 'Id', width: 96 },
  started: { title: 'Started', width: 108, sort: 'started' },
  duration: { title: 'Duration', width: 104, figures: true, sort: 'duration' },
  step: { title: 'Step', width: 140, grows: true },
  attempts: { title: 'Attempts', width: 82, figures: true },
  version: { title: 'Version', width: 72, figures: true },
  checkpoints: { title: 'Checkpoints', width: 96, figures: true },
  correlation: { title: 'Correlation', width: 130 },
  ended: { title: 'Ended', width: 108, sort: 'ended' },
  failure: { title: 'Failure', width: 240, grows: true },
}

export const narrowest = 56
export const widest = 800

/** Those that are shown, in their order, and the widths that were set. */
export const Columns = z.object({
  shown: z.array(ColumnId).min(1),
  widths: z.partialRecord(ColumnId, z.number().min(narrowest).max(widest)),
})
export type Columns = z.infer<typeof Columns>

export const usualColumns: Columns = {
  shown: ['status', 'workflow', 'id', 'started', 'duration', 'step', 'attempts', 'version'],
  widths: {},
}

/** Every column, the shown ones first and in their order. */
export function listedColumns({ shown }: Columns): readonly ColumnId[] {
  return [...shown, ...ColumnId.options.filter((id) => !shown.includes(id))]
}

/** Shows it behind the others, or hides it; the last one that is shown stays. */
export function toggled(choice: Columns, id: ColumnId): Columns {
  if (!choice.shown.includes(id)) return { ...choice, shown: [...choice.shown, id] }
  const shown = choice.shown.filter((each) => each !== id)
  return shown.length === 0 ? choice : { ...choice, shown }
}

/** Moves a shown column so many places towards the end; negative, towards the beginning. */
export function moved(choice: Columns, id: ColumnId, by: number): Columns {
  const from = choice.shown.indexOf(id)
  const to = Math.min(choice.shown.length - 1, Math.max(0, from + by))
  if (from === -1) return choice
  const shown = choice.shown.toSpliced(from, 1)
  return { ...choice, shown: shown.toSpliced(to, 0, id) }
}

/** `undefined` gives it its own width back. */
export function resized({ shown, widths }: Columns, id: ColumnId, width: number | undefined): Columns {
  const { [id]: _, ...others } = widths
  if (width === undefined) return { shown, widths: others }
  return { shown, widths: { ...others, [id]: Math.round(Math.min(widest, Math.max(narrowest, width))) } }
}

export function sameColumns(a: Columns, b: Columns): boolean {
  const isSame = (id: ColumnId, index: number): boolean => b.shown[index] === id && a.widths[id] === b.widths[id]
  return a.shown.length === b.shown.length && a.shown.every(isSame)
}

/** What a window with room for few is spared first. */
const spared: readonly ColumnId[] = [
  'correlation',
  'checkpoints',
  'version',
  'attempts',
  'ended',
  'id',
  'duration',
  'step',
  'failure',
]

/** Below this width of the table, in pixels, columns are left out rather than scrolled to. */
const narrow = 720

/** Of the shown columns those that a table of this width has room for. */
export function fitting(choice: Columns, width: number): readonly ColumnId[] {
  if (width >= narrow) return choice.shown
  let shown = choice.shown
  for (const id of spared) {
    if (widthOf({ ...choice, shown }) <= width) break
    shown = shown.filter((each) => each !== id)
  }
  return shown.length === 0 ? choice.shown : shown
}

/** The column of the boxes that mark a run. */
const markWidth = 40

/** The least width that the columns take, in pixels. */
export function widthOf({ shown, widths }: Columns): number {
  return shown.reduce((sum, id) => sum + (widths[id] ?? columns[id].width), markWidth)
}

/** The tracks of every row's grid. A track at the end takes what no column wants. */
export function tracks({ shown, widths }: Columns): string {
  const tracksOfColumns = shown.map((id) => {
    const set = widths[id]
    if (set !== undefined) return `${set}px`
    return columns[id].grows === true ? `minmax(${columns[id].width}px, 1fr)` : `${columns[id].width}px`
  })
  return [`${markWidth}px`, ...tracksOfColumns, 'minmax(0, 0.001fr)'].join(' ')
}
