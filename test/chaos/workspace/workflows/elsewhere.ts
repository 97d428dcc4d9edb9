import { workflow } from 'cairn'
import { at, Input, tell } from './parts/injector.ts'

export default workflow('elsewhere', { version: 1, input: Input })
  .http('ask', { fallback: 'other' }, ({ input }) => ({ url: at(input) }))
  .step('other', { onlyAsFallback: true }, async ({ input }) => {
    await tell(input, 'did/other')
    return { status: 200, headers: {}, body: 'from elsewhere' }
  })
