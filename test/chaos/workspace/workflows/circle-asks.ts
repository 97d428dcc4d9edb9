import { workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

/** One step that comes to the same; a person is asked. */
export default workflow('circle-asks', { version: 1, input: Input }).step(
  'work',
  {
    onFailure: 'ask',
    next: {
      to: ['work'],
      max: 50,
      choose: async ({ input, iteration }) => {
        if (iteration === 3) await goesWrong(input)
        return 'work'
      },
    },
  },
  () => 'the same',
)
