import { z } from 'zod'
import { ThrottleName, ThrottleView } from '../model/throttle.ts'
import { actor, words } from './act.ts'
import { procedure } from './procedure.ts'

const tags = ['throttles']

export const throttles = {
  list: procedure
    .route({ method: 'GET', path: '/throttles', tags, summary: 'What fewer steps reach at once, since it answered that it was too much' })
    .output(z.object({ throttles: z.array(ThrottleView) })),

  reset: procedure
    .route({ method: 'POST', path: '/throttles/reset', tags, summary: 'Lift a throttle: what waits for it goes on at once' })
    .input(z.strictObject({ ...ThrottleName.shape, reason: words, actor }))
    .output(z.object({ throttles: z.array(ThrottleView) })),
}
