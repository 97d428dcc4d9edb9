import { workflow, z } from 'cairn'

const Line = z.object({ article: z.string(), count: z.number().int().min(1) })
const Input = z.object({ number: z.string(), customer: z.string(), lines: z.array(Line), note: z.string().default('') })

export default workflow('order', { version: 3, title: 'Order', description: 'Takes an order from its check to its parcel.', input: Input })
  .step('check', { title: 'Check the order' }, ({ input }) => ({ valid: true, words: `checked ${input.number}` }))
  .step('reserve', { title: 'Reserve stock', needs: ['check'], retry: { attempts: 4 } }, ({ input }) => ({ shelf: 'A', lines: input.lines.length }))
  .step('charge', { title: 'Charge the card', needs: ['check'], effect: { repeat: 'unsafe' }, compensate: () => null }, () => ({ charged: 1, receipt: '' }))
  .step('label', { title: 'Print the label', needs: ['reserve', 'charge'], optional: true }, () => ({ label: '' }))
  .step('ship', { title: 'Hand it over', needs: ['label'], join: 'settled' }, () => ({ carrier: 'post', tracking: '' }))
