import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workflows/$workflow/start',
  component: lazyRouteComponent(() => import('./start-screen.tsx'), 'StartScreen'),
})
