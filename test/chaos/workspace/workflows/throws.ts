import { workflow } from 'cairn'
import { goesWrong, Input, quick } from './parts/injector.ts'

export default workflow('throws', { version: 1, input: Input }).step('work', { retry: quick }, async ({ input }) => {
  if (await goesWrong(input)) throw new Error('as the chaos wants it')
})
