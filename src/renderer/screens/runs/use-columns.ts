import type { Columns } from '../../widgets/run-table/columns.ts'
import { useViews } from './view-store.ts'
import type { View } from './views.ts'

interface ShownColumns {
  readonly columns: Columns
  readonly setColumns: (columns: Columns) => void
}

/** The columns that are shown: those of the saved view, changed or not, or else those that this person usually has. */
export function useColumns(view: View | undefined): ShownColumns {
  const usual = useViews(({ columns }) => columns)
  const changed = useViews((store) => (view === undefined ? undefined : store.changed[view.id]))
  const own = view?.columns === undefined ? undefined : view.id
  return {
    columns: changed ?? view?.columns ?? usual,
    setColumns: (columns) => useViews.getState().setColumns(columns, own),
  }
}
