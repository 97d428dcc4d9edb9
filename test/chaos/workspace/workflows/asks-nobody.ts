import { workflow } from 'cairn'
import { at, goesWrong, Input, quick } from './parts/injector.ts'

/** Nobody listens where it asks, until somebody does. */
export default workflow('asks-nobody', { version: 1, input: Input }).http('ask', { timeout: '5s', retry: quick }, async ({ input }) => ({
  url: (await goesWrong(input)) ? input.nobody : at(input),
}))
