import { workflow } from 'cairn'
import fragile from './fragile.ts'
import { Input, quick } from './parts/injector.ts'

/** Its child fails; another one does not. */
export default workflow('parent', { version: 1, input: Input }).workflow('child', { retry: quick }, fragile, ({ input }) => input)
