import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { rootRoute } from '../root-route.tsx'

export const PolicySearch = z.object({
  /** What is shown: all settings, or what the file says alone. */
  only: z.enum(['written']).optional().catch(undefined),
  /** Words that a setting or what it means has. */
  find: z.string().optional().catch(undefined),
})

export const policyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/policy',
  validateSearch: PolicySearch,
  component: lazyRouteComponent(() => import('./policy-screen.tsx'), 'PolicyScreen'),
})
