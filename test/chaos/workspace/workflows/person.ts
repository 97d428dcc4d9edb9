import { PermanentError, workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

export default workflow('person', { version: 1, input: Input }).step('work', { onFailure: 'ask' }, async ({ input }) => {
  if (await goesWrong(input)) throw new PermanentError('the form is not signed')
})
