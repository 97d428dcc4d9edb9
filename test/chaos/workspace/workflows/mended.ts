import { workflow, z } from 'cairn'
import { Input } from './parts/injector.ts'

/** Waits a while with something behind it. What is done about damage is the matter of the settings: it goes back by itself. */
export default workflow('mended', { version: 1, input: Input })
  .step('draft', { output: z.object({ text: z.string() }) }, () => ({ text: 'Dear Ada, nobody has touched this.' }))
  .step('polish', { needs: ['draft'], output: z.object({ text: z.string() }) }, ({ outputs }) => ({ text: `${outputs.draft.text} Yours, Bo` }))
  .wait('rest', { needs: ['polish'], for: '5s' })
