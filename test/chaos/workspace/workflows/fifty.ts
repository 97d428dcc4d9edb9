import { workflow } from 'cairn'
import { Input } from './parts/injector.ts'

/** Fifty rounds, each of which gets on: nothing of it is a circle. */
export default workflow('fifty', { version: 1, input: Input })
  .step('gather', ({ iteration }) => ({ gathered: iteration }))
  .step(
    'weigh',
    { needs: ['gather'], next: { to: ['gather'], max: 60, choose: ({ iteration }) => (iteration < 50 ? 'gather' : undefined) } },
    () => 'weighed',
  )
