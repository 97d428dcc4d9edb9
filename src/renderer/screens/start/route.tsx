import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { RunId } from '../../../model/ids.ts'
import { rootRoute } from '../root-route.tsx'
import { Way } from './way.ts'

const StartSearch = z.object({
  way: Way.optional().catch(undefined),
  /** The run whose input it begins with. */
  from: RunId.optional().catch(undefined),
})

export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/workflows/$workflow/start',
  validateSearch: (search): z.infer<typeof StartSearch> => StartSearch.parse(search),
  component: lazyRouteComponent(() => import('./start-screen.tsx'), 'StartScreen'),
})
