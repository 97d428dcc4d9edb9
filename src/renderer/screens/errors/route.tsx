import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'
import { ErrorsSearch } from './search.ts'

export const errorsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/errors',
  validateSearch: (search: Partial<Record<keyof ErrorsSearch, unknown>>): ErrorsSearch => ErrorsSearch.parse(search),
  component: lazyRouteComponent(() => import('./errors-screen.tsx'), 'ErrorsScreen'),
})
