import { workflow } from 'cairn'
import { goesWrong, Input, quick, sit, tell } from './parts/injector.ts'

/** Beats until its process is frozen. */
export default workflow('freezes', { version: 1, input: Input }).step(
  'work',
  { isolated: true, heartbeat: '2s', retry: quick },
  async ({ input, heartbeat }) => {
    heartbeat(1)
    if (!(await goesWrong(input))) return
    const beat = setInterval(() => heartbeat(1), 50)
    await tell(input, `sits/${process.pid}`)
    await sit().finally(() => clearInterval(beat))
  },
)
