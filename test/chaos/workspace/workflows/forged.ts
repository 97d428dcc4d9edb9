import { PermanentError, workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

/** What its steps need is not what stands here: see `forge.ts` of the chaos. */
export default workflow('forged', { version: 1, input: Input })
  .step('last', async ({ input }) => {
    await goesWrong(input)
  })
  .step('broken', async ({ input }) => {
    await goesWrong(input, 'permanent')
    await goesWrong(input)
    throw new PermanentError('as the chaos wants it')
  })
