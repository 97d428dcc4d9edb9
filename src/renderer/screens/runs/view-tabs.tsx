import { Link } from '@tanstack/react-router'
import type { Columns } from '../../widgets/run-table/columns.ts'
import { type Asking, searchOf } from './search.ts'
import { useViews } from './view-store.ts'
import { hasChanged, shippedViews, type View } from './views.ts'
import './view-tabs.css'

interface ViewTabsProps {
  readonly shown: View | undefined
  readonly asking: Asking
  readonly columns: Columns
}

/** The views, each an address of its own. */
export function ViewTabs({ shown, asking, columns }: ViewTabsProps) {
  const saved = useViews(({ views }) => views)
  return (
    <nav className="view-tabs" aria-label="Views">
      {[...shippedViews, ...saved].map((view) => {
        const isShown = view.id === shown?.id
        return (
          <Link
            key={view.id}
            to="/runs"
            search={searchOf(view, view.id)}
            className="view"
            activeProps={{}}
            aria-current={isShown ? 'page' : undefined}
            title={view.query === '' ? 'every run' : view.query}
          >
            {view.name}
            {isShown && hasChanged(view, asking, columns) && (
              <span className="changed" title="changed, and not saved">
                <span className="unseen">changed, not saved</span>
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
