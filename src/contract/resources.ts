import { z } from 'zod'
import { QueueStanding, ResourceStanding } from '../model/resource.ts'
import { procedure } from './procedure.ts'

const tags = ['resources']

export const resources = {
  list: procedure
    .route({ method: 'GET', path: '/resources', tags, summary: 'What there is only so much of: who holds it, and who waits for it in which order' })
    .output(z.object({ resources: z.array(ResourceStanding), queue: QueueStanding })),
}
