import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'
import { Selection } from './state/selection.ts'

export const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$run',
  validateSearch: (search: Partial<Record<keyof Selection, unknown>>): Selection => Selection.parse(search),
  component: lazyRouteComponent(() => import('./run-screen.tsx'), 'RunScreen'),
})
