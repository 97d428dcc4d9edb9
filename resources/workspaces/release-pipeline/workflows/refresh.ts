/** What is live in production goes back to staging, so that the next release is tried over what people use: `promote` the other way round. */
import { workflow } from 'cairn'
import { Input } from './moving/input.ts'
import { digestOf } from './release/artefact.ts'
import { tool } from './release/tool.ts'

export default workflow('refresh', {
  version: 1,
  title: 'Refresh',
  description: 'Brings what is live in production back to staging.',
  input: Input,
  timeout: '2m',
})
  .shell('look', { title: 'Look at production', effect: 'none', holds: { production: 1 } }, ({ input }) => tool('look', 'production', String(input.seconds)))
  .shell(
    'bring',
    { title: 'Bring it to staging', needs: ['look'], effect: { repeat: 'safe' }, holds: { production: 1, staging: 1 } },
    ({ outputs }) => tool('bring', 'production', 'staging', digestOf(outputs.look)),
  )
