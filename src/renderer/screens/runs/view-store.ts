/** The views that a person saved on this machine, their columns, and the list that they looked at last. */
import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { Columns, usualColumns } from '../../widgets/run-table/columns.ts'
import { RunsSearch } from './search.ts'
import { SavedView } from './views.ts'

const Kept = z.object({
  views: z.array(SavedView).catch([]),
  /** The columns of every view that has none of its own. */
  columns: Columns.catch(usualColumns),
  /** Columns that were changed while a view with its own was shown, and not saved with it. */
  changed: z.record(z.string(), Columns).catch({}),
  last: RunsSearch.catch({}),
})
type Kept = z.infer<typeof Kept>

interface Setters {
  /** Adds it, or puts it in the place of the one with its id, at `index` where that is given. */
  save(view: SavedView, index?: number): void
  remove(id: string): void
  /** `view` is the one that is shown, where it has columns of its own. */
  setColumns(columns: Columns, view: string | undefined): void
  /** Gives a view the columns back that it comes with, or was saved with. */
  putBack(view: string): void
  setLast(last: RunsSearch): void
}

export const useViews = create<Kept & Setters>()(
  persist(
    (set) => ({
      ...Kept.parse({ views: [], columns: usualColumns, changed: {}, last: {} }),
      save: (view, index) => set(({ views, changed }) => ({ views: placed(views, view, index), changed: without(changed, view.id) })),
      remove: (id) => set(({ views, changed }) => ({ views: views.filter((view) => view.id !== id), changed: without(changed, id) })),
      setColumns: (columns, view) =>
        set(({ changed }) => (view === undefined ? { columns } : { changed: { ...changed, [view]: columns } })),
      putBack: (view) => set(({ changed }) => ({ changed: without(changed, view) })),
      setLast: (last) => set({ last }),
    }),
    {
      name: 'cairn.runs',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ views, columns, changed, last }) => ({ views, columns, changed, last }),
      merge: (stored, present) => ({ ...present, ...Kept.catch(present).parse(stored ?? present) }),
    },
  ),
)

function placed(views: readonly SavedView[], view: SavedView, index = views.length): SavedView[] {
  const at = views.findIndex(({ id }) => id === view.id)
  return at === -1 ? views.toSpliced(index, 0, view) : views.with(at, view)
}

function without(changed: Kept['changed'], id: string): Kept['changed'] {
  const { [id]: _, ...others } = changed
  return others
}
