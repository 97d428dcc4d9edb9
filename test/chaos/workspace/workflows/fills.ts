import { writeFileSync } from 'node:fs'
import { workflow } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

/** Writes to a disk on which there is no room. How long that is waited for is the matter of the settings. */
export default workflow('fills', { version: 1, input: Input }).step('work', async ({ input }) => {
  if (await goesWrong(input)) writeFileSync('/dev/full', 'a line')
})
