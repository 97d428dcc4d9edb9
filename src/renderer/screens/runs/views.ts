/** Views of the runs: a query, an order and columns under a name. */
import { z } from 'zod'
import { RunSort } from '../../../model/found-runs.ts'
import { Columns, sameColumns } from '../../widgets/run-table/columns.ts'
import { type Asking, newestFirst, sameAsking } from './search.ts'

/** In characters. */
export const longestName = 60

const ViewName = z.string().trim().min(1).max(longestName)

export const SavedView = z.object({
  id: z.string().min(1),
  name: ViewName,
  query: z.string(),
  sort: RunSort,
  columns: Columns,
})
export type SavedView = z.infer<typeof SavedView>

/** A view that comes with the console. Without columns of its own it shows those that a person usually has. */
export type ShippedView = Omit<SavedView, 'columns'> & { readonly columns?: Columns }
export type View = SavedView | ShippedView

export const shippedViews: readonly ShippedView[] = [
  { id: 'all', name: 'All', query: '', sort: newestFirst },
  { id: 'person', name: 'Needs a person', query: 'status:waiting:decision,waiting:in_doubt,quarantined', sort: newestFirst },
  {
    id: 'failed',
    name: 'Failed in the last day',
    query: 'status:failed ended:<1d',
    sort: { by: 'ended', descending: true },
    columns: { shown: ['status', 'workflow', 'id', 'ended', 'duration', 'step', 'failure'], widths: {} },
  },
  { id: 'slow', name: 'Slow', query: 'duration:>5m', sort: { by: 'duration', descending: true } },
]

/** The view that is shown: the one that was chosen, or else the one that says exactly this. */
export function viewOf(views: readonly View[], chosen: string | undefined, asking: Asking): View | undefined {
  return views.find(({ id }) => id === chosen) ?? views.find((view) => sameAsking(view, asking))
}

/** Whether what is shown is no longer what the view says. */
export function hasChanged(view: View, asking: Asking, columns: Columns): boolean {
  return !sameAsking(view, asking) || (view.columns !== undefined && !sameColumns(view.columns, columns))
}

/** A name that no view has: `Slow`, `Slow 2`, `Slow 3`. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const base = wanted.trim().slice(0, 50)
  if (!taken.includes(base)) return base
  let number = 2
  while (taken.includes(`${base} ${number}`)) number++
  return `${base} ${number}`
}
