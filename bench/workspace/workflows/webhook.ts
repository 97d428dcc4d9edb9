import { workflow, z } from 'cairn'

const Input = z.object({ event: z.string(), subject: z.string() })

export default workflow('webhook', { version: 1, title: 'Webhook', description: 'Takes an event in and passes it on.', input: Input })
  .step('parse', { title: 'Read it' }, ({ input }) => ({ kind: input.event, words: input.subject }))
  .step('deliver', { title: 'Pass it on', needs: ['parse'], effect: { repeat: 'safe' }, retry: { attempts: 4 } }, () => ({ status: 204 }))
