import { workflow } from 'cairn'
import { Input, quick, tell } from './parts/injector.ts'

export default workflow('mails-or-else', { version: 1, input: Input })
  .email('send', { timeout: '5s', retry: quick, fallback: 'byHand' }, ({ input }) => ({
    to: `${input.case}@chaos.example`,
    subject: 'Chaos',
    text: 'Hello',
  }))
  .step('byHand', { onlyAsFallback: true }, async ({ input }) => {
    await tell(input, 'did/byHand')
    return { messageId: 'none', accepted: [], rejected: [], response: 'left to a person' }
  })
