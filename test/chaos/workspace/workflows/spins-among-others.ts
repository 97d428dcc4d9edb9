import { workflow } from 'cairn'
import { goesWrong, Input, quick } from './parts/injector.ts'

/** Keeps a process that it shares with others from answering. */
export default workflow('spins-among-others', { version: 1, input: Input }).step('work', { retry: quick }, async ({ input }) => {
  if (!(await goesWrong(input))) return
  for (let round = 0; round >= 0; ) round = (round + 1) % 1_000
})
