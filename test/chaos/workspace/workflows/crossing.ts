import { workflow } from 'cairn'
import { Input, tell } from './parts/injector.ts'
import leftFirst from './left-first.ts'
import rightFirst from './right-first.ts'

/** Its children hold what the other one wants. */
export default workflow('crossing', { version: 1, input: Input })
  .workflow('one', {}, leftFirst, ({ input }) => input)
  .workflow('other', {}, rightFirst, ({ input }) => input)
  .step('done', { needs: ['one', 'other'] }, async ({ input }) => void (await tell(input, 'did/cross')))
