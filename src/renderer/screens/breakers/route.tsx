import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const breakersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/breakers',
  component: lazyRouteComponent(() => import('./breakers-screen.tsx'), 'BreakersScreen'),
})
