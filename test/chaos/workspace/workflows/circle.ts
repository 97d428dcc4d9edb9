import { workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

const same = () => 'the same'

/** Seven steps that come to the same, over and over. */
export default workflow('circle', { version: 1, input: Input })
  .step('one', same)
  .step('two', { needs: ['one'] }, same)
  .step('three', { needs: ['two'] }, same)
  .step('four', { needs: ['three'] }, same)
  .step('five', { needs: ['four'] }, same)
  .step('six', { needs: ['five'] }, same)
  .step(
    'seven',
    {
      needs: ['six'],
      next: {
        to: ['one'],
        max: 50,
        choose: async ({ input, iteration }) => {
          // Three times the same is what is known as a circle.
          if (iteration === 3) await goesWrong(input)
          return 'one'
        },
      },
    },
    same,
  )
