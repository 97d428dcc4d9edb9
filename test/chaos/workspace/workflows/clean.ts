import { workflow } from 'cairn'
import { at, Input } from './parts/injector.ts'

/** Nothing of it goes wrong. Its steps share what others want in another order, and it goes round five times, getting on. */
export default workflow('clean', { version: 1, input: Input })
  .step('quill', { uses: { quill: 1, ink: 1 } }, () => 'written')
  .step('ink', { needs: ['quill'], uses: { ink: 1, quill: 1 } }, () => 'signed')
  .http('ask', { needs: ['ink'], timeout: '30s' }, ({ input }) => ({ url: at(input) }))
  .step(
    'round',
    { needs: ['ask'], next: { to: ['round'], max: 5, choose: ({ iteration }) => (iteration < 5 ? 'round' : undefined) } },
    ({ iteration }) => iteration,
  )
  .email('send', { needs: ['round'] }, ({ input }) => ({ to: `${input.case}@chaos.example`, subject: 'Well', text: 'Hello' }))
