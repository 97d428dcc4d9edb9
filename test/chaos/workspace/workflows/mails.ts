import { workflow } from 'cairn'
import { Input, quick } from './parts/injector.ts'

export default workflow('mails', { version: 1, input: Input }).email('send', { timeout: '5s', retry: quick }, ({ input }) => ({
  to: `${input.case}@chaos.example`,
  subject: 'Chaos',
  text: 'Hello',
}))
