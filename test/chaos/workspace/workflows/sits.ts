import { workflow } from 'cairn'
import { goesWrong, Input, quick, sit, tell } from './parts/injector.ts'

/** Sits there until it is killed. */
export default workflow('sits', { version: 1, input: Input }).step('work', { isolated: true, retry: quick }, async ({ input }) => {
  if (!(await goesWrong(input))) return
  await tell(input, `sits/${process.pid}`)
  await sit()
})
