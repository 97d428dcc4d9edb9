import { setTimeout as delay } from 'node:timers/promises'
import { workflow } from 'cairn'
import { Input, tell } from './parts/injector.ts'

const leg = (name: string) => async ({ input }: { readonly input: Input }) => {
  await tell(input, `began/${name}`)
  await delay(150)
  await tell(input, `did/${name}`)
}

/** Under way for a while, with a mail in the middle: its host is killed meanwhile. */
export default workflow('journey', { version: 1, input: Input })
  .step('one', leg('one'))
  .step('two', { needs: ['one'] }, leg('two'))
  .step('three', { needs: ['one'] }, leg('three'))
  .email('send', { needs: ['two', 'three'] }, ({ input }) => ({ to: `${input.case}@chaos.example`, subject: 'Chaos', text: 'Hello' }))
  .step('four', { needs: ['send'] }, leg('four'))
  .step('five', { needs: ['four'] }, leg('five'))
