import { workflow } from 'cairn'
import { goesWrong, Input, tell } from './parts/injector.ts'

/** Fills the heap until V8 gives up. */
export default workflow('heap', { version: 1, input: Input }).step('work', { isolated: true }, async ({ input }) => {
  if (!(await goesWrong(input))) return
  await tell(input, `sits/${process.pid}`)
  const held: number[][] = []
  while (held.length >= 0) held.push(Array.from({ length: 100_000 }, (_, index) => index + held.length))
})
