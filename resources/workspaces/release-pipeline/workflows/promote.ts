/**
 * What is live on staging goes to production. The run holds staging from when it looks there until production has what it saw, so that
 * nobody changes it in between. `refresh` holds the two the other way round: of two such runs at once, one gives way.
 */
import { workflow } from 'cairn'
import { Input } from './moving/input.ts'
import { digestOf } from './release/artefact.ts'
import { tool } from './release/tool.ts'

export default workflow('promote', {
  version: 1,
  title: 'Promote',
  description: 'Brings what is live on staging to production.',
  input: Input,
  timeout: '2m',
})
  .shell('look', { title: 'Look at staging', effect: 'none', holds: { staging: 1 } }, ({ input }) => tool('look', 'staging', String(input.seconds)))
  .shell(
    'bring',
    { title: 'Bring it to production', needs: ['look'], effect: { repeat: 'safe' }, holds: { staging: 1, production: 1 } },
    ({ outputs }) => tool('bring', 'staging', 'production', digestOf(outputs.look)),
  )
