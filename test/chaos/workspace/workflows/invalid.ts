import { workflow, z } from 'cairn'
import { goesWrong, Input } from './parts/injector.ts'

const Output = z.object({ count: z.number().max(10) })

/** Puts out what its own schema refuses. */
export default workflow('invalid', { version: 1, input: Input })
  .step('count', { output: Output, fallback: 'none' }, async ({ input }) => ({ count: (await goesWrong(input)) ? 11 : 1 }))
  .step('none', { output: Output, onlyAsFallback: true }, () => ({ count: 0 }))
