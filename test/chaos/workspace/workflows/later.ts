import { PermanentError, workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

/** What is done about it is the matter of the settings: it is queued for later. */
export default workflow('later', { version: 1, input: Input }).step('work', async ({ input }) => {
  if (await goesWrong(input)) throw new PermanentError('the office is closed')
})
