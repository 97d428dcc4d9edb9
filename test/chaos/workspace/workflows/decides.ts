import { workflow } from 'cairn'
import { Input } from './parts/injector.ts'

export default workflow('decides', { version: 1, input: Input }).approval('gate', { actions: { primary: 'approve', secondary: ['reject'] } })
