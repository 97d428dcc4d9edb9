import { workflow, z } from 'cairn'

const Input = z.object({ number: z.string(), customer: z.string(), address: z.email(), amount: z.number() })

export default workflow('invoice', { version: 2, title: 'Invoice', description: 'Sends an invoice, and a reminder a day later.', input: Input })
  .step('compose', { title: 'Compose' }, ({ input }) => ({ subject: `Invoice ${input.number}`, text: '' }))
  .email('send', { title: 'Send', needs: ['compose'] }, ({ input, outputs }) => ({ to: input.address, ...outputs.compose }))
  .wait('day', { title: 'Wait for the payment', needs: ['send'], for: '24h' })
  .step('paid', { title: 'Look for the payment', needs: ['day'] }, () => ({ paid: true, words: '' }))
