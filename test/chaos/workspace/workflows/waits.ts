import { workflow } from 'cairn'
import { at, Input } from './parts/injector.ts'

/** How it is tried again is the matter of the settings. */
export default workflow('waits', { version: 1, input: Input }).http('ask', { timeout: '5s' }, ({ input }) => ({ url: at(input) }))
