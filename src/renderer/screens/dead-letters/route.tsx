import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const deadLettersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dead-letters',
  component: lazyRouteComponent(() => import('./dead-letters-screen.tsx'), 'DeadLettersScreen'),
})
