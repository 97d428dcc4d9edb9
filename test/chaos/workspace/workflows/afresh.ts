import { PermanentError, workflow } from 'cairn'
import { goesWrong, Input, tell } from './parts/injector.ts'

/** The settings have it begin anew. */
export default workflow('afresh', { version: 1, input: Input })
  .step('fetch', async ({ input }) => void (await tell(input, 'did/fetch')))
  .step('use', { needs: ['fetch'] }, async ({ input }) => {
    if (await goesWrong(input)) throw new PermanentError('the price is out of date')
  })
