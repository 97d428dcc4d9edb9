import { workflow } from 'cairn'
import { goesWrong, Input, tell } from './parts/injector.ts'

/** Dies inside its effect, which the receiver knows of. */
export default workflow('checked', { version: 1, input: Input }).step(
  'pay',
  {
    effect: { repeat: 'unsafe' },
    check: async ({ input }) => ((await tell(input, 'has/pay')) === 'yes' ? { happened: true, output: null } : { happened: false }),
  },
  async ({ input }) => {
    await tell(input, 'did/pay')
    if (await goesWrong(input)) process.exit(3)
    return null
  },
)
