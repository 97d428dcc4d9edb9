import { workflow } from 'cairn'
import lingers from './lingers.ts'
import { Input, quick } from './parts/injector.ts'

/** Its child takes longer than the step has; another one does not. */
export default workflow('outlasts', { version: 1, input: Input }).workflow('child', { timeout: '2s', retry: quick }, lingers, ({ input }) => input)
