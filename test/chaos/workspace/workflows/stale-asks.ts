import { PermanentError, workflow } from 'cairn'
import { goesWrong, Input, tell } from './parts/injector.ts'

/** A person is asked, who knows that what it was given is at fault. */
export default workflow('stale-asks', { version: 1, input: Input })
  .step('fetch', async ({ input }) => void (await tell(input, 'did/fetch')))
  .step('use', { needs: ['fetch'], onFailure: 'ask' }, async ({ input }) => {
    if (await goesWrong(input)) throw new PermanentError('the price is out of date')
  })
