import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const attentionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/attention',
  component: lazyRouteComponent(() => import('./attention-screen.tsx'), 'AttentionScreen'),
})
