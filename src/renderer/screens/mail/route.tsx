import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../root-route.tsx'
import { MailSearch } from './search.ts'

export const mailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/mail',
  validateSearch: (search: Partial<Record<keyof MailSearch, unknown>>): MailSearch => MailSearch.parse(search),
  component: lazyRouteComponent(() => import('./mail-screen.tsx'), 'MailScreen'),
})
