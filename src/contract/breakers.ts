import { z } from 'zod'
import { BreakerName, BreakerView } from '../model/breaker.ts'
import { actor, words } from './act.ts'
import { procedure } from './procedure.ts'

const tags = ['breakers']

export const breakers = {
  list: procedure
    .route({ method: 'GET', path: '/breakers', tags, summary: 'The breakers that are open or count failures, and what each holds back' })
    .output(z.object({ breakers: z.array(BreakerView) })),

  reset: procedure
    .route({ method: 'POST', path: '/breakers/reset', tags, summary: 'Close a breaker: what it held back goes on at once' })
    .input(z.strictObject({ ...BreakerName.shape, reason: words, actor }))
    .output(z.object({ breakers: z.array(BreakerView) })),
}
