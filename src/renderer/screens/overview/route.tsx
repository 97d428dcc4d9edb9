import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { WorkflowName } from '../../../model/ids.ts'
import { rootRoute } from '../root-route.tsx'
import { RangeName } from './ranges.ts'

const Search = z.object({
  /** Left out: the one that was looked at last. */
  range: RangeName.optional().catch(undefined),
  workflow: WorkflowName.optional().catch(undefined),
})

export const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: Search,
  component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
})
