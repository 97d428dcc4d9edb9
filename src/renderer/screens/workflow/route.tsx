import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { RevisionHash, StepId } from '../../../model/ids.ts'
import { rootRoute } from '../root-route.tsx'

export const WorkflowTab = z.enum(['graph', 'schema', 'revisions', 'health'])
export type WorkflowTab = z.infer<typeof WorkflowTab>

const WorkflowSearch = z.object({
  tab: WorkflowTab.optional().catch(undefined),
  step: StepId.optional().catch(undefined),
  /** The revision that is looked at, and the one that it is held against. */
  revision: RevisionHash.optional().catch(undefined),
  against: RevisionHash.optional().catch(undefined),
})

export const workflowRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workflows/$workflow',
  validateSearch: (search): z.infer<typeof WorkflowSearch> => WorkflowSearch.parse(search),
  component: lazyRouteComponent(() => import('./workflow-screen.tsx'), 'WorkflowScreen'),
})
