import { workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

export default workflow('fragile', { version: 1, input: Input }).step('work', { retry: { attempts: 1 } }, async ({ input }) => {
  if (await goesWrong(input)) throw new Error('as the chaos wants it')
})
