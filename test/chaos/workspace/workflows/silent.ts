import { workflow } from 'cairn'
import { goesWrong, Input, quick, sit } from './parts/injector.ts'

/** Beats once, and is silent then. */
export default workflow('silent', { version: 1, input: Input }).step(
  'work',
  { heartbeat: '2s', retry: quick },
  async ({ input, heartbeat, signal }) => {
    heartbeat(1)
    if (await goesWrong(input)) await sit(signal)
  },
)
