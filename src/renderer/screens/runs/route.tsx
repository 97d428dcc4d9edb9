import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'
import { RunsSearch } from './search.ts'
import { useViews } from './view-store.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The list that was looked at last was brought back, rather than asked for. */
    readonly isLast?: boolean
  }
}

export const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs',
  validateSearch: (search): RunsSearch => RunsSearch.parse(search),
  beforeLoad({ search }) {
    const { last } = useViews.getState()
    if (asksNothing(search) && !asksNothing(last)) {
      redirect({ to: '/runs', search: last, replace: true, state: { isLast: true }, throw: true })
    }
  },
  component: lazyRouteComponent(() => import('./runs-screen.tsx'), 'RunsScreen'),
})

function asksNothing({ query, sort, view }: RunsSearch): boolean {
  return query === undefined && sort === undefined && view === undefined
}
