import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'

export const mailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/mail',
  component: lazyRouteComponent(() => import('./mail-screen.tsx'), 'MailScreen'),
})
