import { workflow } from 'cairn'
import { goesWrong, Input, quick, sit } from './parts/injector.ts'

export default workflow('slow', { version: 1, input: Input }).step('work', { timeout: '2s', retry: quick }, async ({ input, signal }) => {
  if (await goesWrong(input)) await sit(signal)
})
