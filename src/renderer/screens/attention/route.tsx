import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'
import { AttentionSearch } from './search.ts'

export const attentionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/attention',
  validateSearch: (search: Partial<Record<keyof AttentionSearch, unknown>>): AttentionSearch => AttentionSearch.parse(search),
  component: lazyRouteComponent(() => import('./attention-screen.tsx'), 'AttentionScreen'),
})
