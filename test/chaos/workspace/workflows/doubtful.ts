import { workflow } from 'cairn'
import { goesWrong, Input, tell } from './parts/injector.ts'

/** Dies inside its effect, before anything is done. */
export default workflow('doubtful', { version: 1, input: Input }).step('pay', { effect: { repeat: 'unsafe' } }, async ({ input }) => {
  if (await goesWrong(input)) process.exit(3)
  await tell(input, 'did/pay')
})
