import { workflow, z } from 'cairn'

const Input = z.object({ day: z.string(), region: z.string() })

export default workflow('nightly-report', { version: 5, title: 'Nightly report', description: 'Gathers, draws and publishes the figures of a day.', input: Input })
  .step('gather', { title: 'Gather', retry: { attempts: 5, initial: '2s' } }, () => ({ rows: 0, words: '' }))
  .step('chart', { title: 'Draw', needs: ['gather'], optional: true, retry: { attempts: 1 } }, () => ({ picture: '' }))
  .step('publish', { title: 'Publish', needs: ['chart'], join: 'settled', effect: { repeat: 'safe' } }, () => ({ address: '' }))
