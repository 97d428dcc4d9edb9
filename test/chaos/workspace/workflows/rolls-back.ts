import { PermanentError, workflow } from 'cairn'
import { goesWrong, Input, tell } from './parts/injector.ts'

export default workflow('rolls-back', { version: 1, input: Input })
  .step(
    'book',
    { savepoint: 'before-book', compensate: async ({ input }) => void (await tell(input, 'undid/book')) },
    async ({ input }) => void (await tell(input, 'did/book')),
  )
  .step(
    'pay',
    { needs: ['book'], compensate: async ({ input }) => void (await tell(input, 'undid/pay')) },
    async ({ input }) => void (await tell(input, 'did/pay')),
  )
  .step('ship', { needs: ['pay'], onFailure: { rollbackTo: 'before-book' } }, async ({ input }) => {
    if (await goesWrong(input)) throw new PermanentError('the seat is taken')
    await tell(input, 'did/ship')
  })
