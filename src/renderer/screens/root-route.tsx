import { createRootRoute } from '@tanstack/react-router'
import { Shell } from './shell/shell.tsx'
import { NotFoundScreen } from './shell/not-found.tsx'

export const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundScreen })
