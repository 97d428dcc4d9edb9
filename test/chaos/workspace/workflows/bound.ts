import { workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

/** Gets on, but not to an end within the bound of its loop. */
export default workflow('bound', { version: 1, input: Input }).step(
  'work',
  {
    next: {
      to: ['work'],
      max: 3,
      choose: async ({ input, iteration }) => {
        if (iteration === 4) await goesWrong(input)
        return 'work'
      },
    },
  },
  ({ iteration }) => iteration,
)
