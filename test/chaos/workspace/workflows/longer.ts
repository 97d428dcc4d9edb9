import { workflow } from 'cairn'
import { goesWrong, Input, sit } from './parts/injector.ts'

/** The settings of the workspace have it tried again with more time. */
export default workflow('longer', { version: 1, input: Input }).step('work', { timeout: '2s' }, async ({ input, signal }) => {
  if (await goesWrong(input)) await sit(signal)
})
