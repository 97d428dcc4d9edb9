import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$run',
  component: lazyRouteComponent(() => import('./run-screen.tsx'), 'RunScreen'),
})
