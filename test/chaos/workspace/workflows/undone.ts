import { PermanentError, workflow } from 'cairn'
import { goesWrong, Input, quick, tell } from './parts/injector.ts'

/** Fails for good with two steps behind it, of which undoing one goes wrong as well. */
export default workflow('undone', { version: 1, input: Input })
  .step('book', { compensate: async ({ input }) => void (await tell(input, 'undid/book')) }, async ({ input }) => void (await tell(input, 'did/book')))
  .step(
    'pay',
    {
      needs: ['book'],
      compensate: {
        retry: quick,
        run: async ({ input }) => {
          if (await goesWrong(input, 'transient')) throw new Error('the bank does not answer')
          await tell(input, 'undid/pay')
        },
      },
    },
    async ({ input }) => void (await tell(input, 'did/pay')),
  )
  .step('ship', { needs: ['pay'] }, async ({ input }) => {
    if (await goesWrong(input)) throw new PermanentError('nobody ships there')
  })
