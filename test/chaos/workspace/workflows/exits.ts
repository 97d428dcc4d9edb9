import { workflow } from 'cairn'
import { goesWrong, Input, quick } from './parts/injector.ts'

export default workflow('exits', { version: 1, input: Input }).step('work', { isolated: true, retry: quick }, async ({ input }) => {
  if (await goesWrong(input)) process.exit(3)
})
