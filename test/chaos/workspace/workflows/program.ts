import { workflow } from 'cairn'
import { goesWrong, Input, quick } from './parts/injector.ts'

export default workflow('program', { version: 1, input: Input }).shell(
  'run',
  { effect: 'none', exits: { 75: 'transient' }, retry: quick },
  async ({ input }) => ({ command: process.execPath, args: ['-e', `process.exit(${(await goesWrong(input)) ? 75 : 0})`] }),
)
