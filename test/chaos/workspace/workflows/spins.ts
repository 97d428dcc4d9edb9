import { workflow } from 'cairn'
import { goesWrong, Input, quick } from './parts/injector.ts'

/** Computes for ever, and hears nothing. */
export default workflow('spins', { version: 1, input: Input }).step('work', { isolated: true, timeout: '2s', retry: quick }, async ({ input }) => {
  if (!(await goesWrong(input))) return
  for (let round = 0; round >= 0; ) round = (round + 1) % 1_000
})
