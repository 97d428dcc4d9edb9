import { workflow } from 'cairn'
import { goesWrong, Input, sit, tell } from './parts/injector.ts'

/** The run as a whole has three seconds. */
export default workflow('overruns', { version: 1, input: Input, timeout: '3s' })
  .step('book', { compensate: async ({ input }) => void (await tell(input, 'undid/book')) }, async ({ input }) => {
    await tell(input, 'did/book')
  })
  .step('work', { needs: ['book'] }, async ({ input, signal }) => {
    if (await goesWrong(input)) await sit(signal)
  })
