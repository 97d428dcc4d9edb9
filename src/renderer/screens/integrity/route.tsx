import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const integrityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/integrity',
  component: lazyRouteComponent(() => import('./integrity-screen.tsx'), 'IntegrityScreen'),
})
