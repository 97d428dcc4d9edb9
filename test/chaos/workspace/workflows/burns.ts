import { workflow } from 'cairn'
import { goesWrong, Input, tell } from './parts/injector.ts'

/** As the settings say, in microseconds; it is said a moment before, since whoever is beyond it may say nothing any more. */
const limit = 1_000_000 - 100_000

/** Takes more processor time than it may. */
export default workflow('burns', { version: 1, input: Input }).step('work', async ({ input }) => {
  // From when the host counts: asking takes processor time, too, and whoever counted from then on would be ended before it had told.
  const before = process.cpuUsage()
  if (!(await goesWrong(input))) return
  for (let told = false; ; ) {
    const { user, system } = process.cpuUsage(before)
    if (told || user + system < limit) continue
    told = true
    await tell(input, 'now')
  }
})
