import { workflow } from 'cairn'
import { goesWrong, Input, sit } from './parts/injector.ts'

/** Nothing of its own says how long it may take. */
export default workflow('lingers', { version: 1, input: Input }).step('work', async ({ input, signal }) => {
  if (await goesWrong(input)) await sit(signal)
})
