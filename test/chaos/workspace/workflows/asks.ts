import { workflow } from 'cairn'
import { at, Input, quick } from './parts/injector.ts'

export default workflow('asks', { version: 1, input: Input }).http('ask', { timeout: '5s', retry: quick }, ({ input }) => ({ url: at(input) }))
