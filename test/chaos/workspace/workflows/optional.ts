import { workflow } from 'cairn'
import { at, Input, tell } from './parts/injector.ts'

export default workflow('optional', { version: 1, input: Input })
  .http('ask', { optional: true }, ({ input }) => ({ url: at(input) }))
  .step('after', { needs: ['ask'] }, async ({ input }) => {
    await tell(input, 'did/after')
  })
