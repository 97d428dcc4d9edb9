import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const workflowRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workflows/$workflow',
  component: lazyRouteComponent(() => import('./workflow-screen.tsx'), 'WorkflowScreen'),
})
