/** Every screen with its address. Adding one is a folder with its `route.tsx` and a line here. */
import { createRouter } from '@tanstack/react-router'
import { attentionRoute } from './attention/route.tsx'
import { breakersRoute } from './breakers/route.tsx'
import { deadLettersRoute } from './dead-letters/route.tsx'
import { errorsRoute } from './errors/route.tsx'
import { integrityRoute } from './integrity/route.tsx'
import { mailRoute } from './mail/route.tsx'
import { overviewRoute } from './overview/route.tsx'
import { policyRoute } from './policy/route.tsx'
import { resourcesRoute } from './resources/route.tsx'
import { rootRoute } from './root-route.tsx'
import { runRoute } from './run/route.tsx'
import { runsRoute } from './runs/route.tsx'
import { FailedScreen } from './shell/failed-screen.tsx'
import { startRoute } from './start/route.tsx'
import { storageRoute } from './storage/route.tsx'
import { workflowRoute } from './workflow/route.tsx'
import { workflowsRoute } from './workflows/route.tsx'

const routeTree = rootRoute.addChildren([
  overviewRoute,
  runsRoute,
  runRoute,
  attentionRoute,
  errorsRoute,
  deadLettersRoute,
  workflowsRoute,
  workflowRoute,
  startRoute,
  mailRoute,
  breakersRoute,
  resourcesRoute,
  integrityRoute,
  storageRoute,
  policyRoute,
])

export const router = createRouter({
  routeTree,
  scrollRestoration: true,
  defaultPreload: false,
  defaultErrorComponent: FailedScreen,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
