import { workflow } from 'cairn'
import { Input } from './parts/injector.ts'

/** Nobody answers within a second. */
export default workflow('expires', { version: 1, input: Input }).approval('gate', { deadline: '1s', actions: { primary: 'approve' } })
