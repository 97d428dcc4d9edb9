import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { WorkflowName } from '../../../model/ids.ts'
import { rootRoute } from '../root-route.tsx'

export const StorageSearch = z.object({
  /** The workflow whose values are shown; those of all where it is left out. */
  workflow: WorkflowName.optional().catch(undefined),
})

export const storageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/storage',
  validateSearch: StorageSearch,
  component: lazyRouteComponent(() => import('./storage-screen.tsx'), 'StorageScreen'),
})
