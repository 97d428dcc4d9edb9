import { workflow } from 'cairn'
import { at, Input } from './parts/injector.ts'

/** What it asks has a breaker. */
export default workflow('held', { version: 1, input: Input }).http(
  'ask',
  { timeout: '5s', retry: { attempts: 20, initial: '10ms', max: '10ms' } },
  ({ input }) => ({ url: at(input) }),
)
