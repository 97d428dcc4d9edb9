import { workflow, z } from 'cairn'
import { Input } from './parts/injector.ts'

/** Waits for a person with something behind it. */
export default workflow('kept', { version: 1, input: Input })
  .step('draft', { output: z.object({ text: z.string() }) }, () => ({ text: 'Dear Ada, nobody has touched this.' }))
  .step('polish', { needs: ['draft'], output: z.object({ text: z.string() }) }, ({ outputs }) => ({ text: `${outputs.draft.text} Yours, Bo` }))
  .approval('gate', { needs: ['polish'], actions: { primary: 'approve' } })
