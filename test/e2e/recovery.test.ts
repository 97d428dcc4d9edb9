/** A person is told wherever they are what has failed, is recommended what to do about it, recovers a run that has failed, and drains what was queued for later. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'

withBrowser()

/** What its second step is given does not do the first time that it is made. */
const reading = (name: string, more: string): string => `
  import { workflow, z } from 'cairn'

  export default workflow('${name}', { version: 1, input: z.object({}) })
    .step('fetch', ({ idempotencyKey }) => idempotencyKey)
    .step('parse', { needs: ['fetch'], ${more} }, ({ outputs, idempotencyKey }) => {
      if (idempotencyKey.endsWith('/0')) throw new TypeError('no such column: total')
      return outputs.fetch
    })
`

const later = `
  import { workflow, z } from 'cairn'

  export default workflow('later', { version: 1, input: z.object({}) })
    .step('pay', { retry: { attempts: 1 } }, ({ attempt }) => {
      if (attempt === 1) throw new Error('the bank is closed')
      return attempt
    })
`

test('from the notice over the recommendation to what it leads to; and from a failed run to one that is recovered', async () => {
  const files = { 'workflows/asking.ts': reading('asking', "onFailure: 'ask'"), 'workflows/failing.ts': reading('failing', ''), 'workflows/later.ts': later, 'cairn.config.yaml': 'dead_letters: { most: 2 }\nworkflows: { later: { recovery: { chain: [dead_letter] } } }\n' }
  const { page, client, at } = await openConsole(await workspaceOf(files), { path: '/workflows' })
  const start = async (name: string) => (await client.api.runs.start({ workflow: WorkflowName.parse(name), input: {} })).id
  const record = async (run: Awaited<ReturnType<typeof start>>) => (await client.api.runs.get({ run })).record
  await page.getByText('asking').first().waitFor()

  const asking = await start('asking')
  await page.getByText('parse of asking failed after 1 attempt').waitFor()
  await page.getByRole('button', { name: 'Decide' }).click()
  await page.getByText('Recommended: Try again').waitFor()
  await page.getByLabel('A restore goes back to checkpoint').fill('1')
  await page.getByRole('button', { name: 'Restore a checkpoint' }).focus()
  await page.getByText('The run goes back to checkpoint 1, onto a branch of its own.').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Restore a checkpoint' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore a checkpoint' }).click()
  await expect.poll(async () => (await record(asking)).status).toBe('completed')
  expect((await client.api.errorRecords.ofRun({ run: asking })).errors).toMatchObject([{ status: 'recovered', recoveries: [{ strategy: 'ask' }, { strategy: 'restore', outcome: 'worked' }] }])

  const failing = await start('failing')
  await expect.poll(async () => (await record(failing)).status).toBe('failed')
  await page.goto(at(`/runs/${failing}`))
  await page.getByRole('button', { name: 'Recover…' }).click()
  await page.getByText('parse runs again, and what has completed and was not taken back stays').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Run again what failed' }).click()
  await expect.poll(async () => (await record(failing)).status).toBe('completed')
  expect(await record(failing)).toMatchObject({ branch: 1, generation: 1 })

  const queued = [await start('later'), await start('later')]
  await page.getByRole('navigation').getByRole('link', { name: 'Dead letters' }).getByText('2', { exact: true }).waitFor()
  await page.goto(at('/dead-letters'))
  await page.getByRole('region', { name: 'pay of later' }).getByText('the bank is closed').waitFor()
  await page.getByText('The queue is full').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Drain 2 runs…' }).click()
  await page.getByRole('dialog').getByRole('region', { name: 'Runs' }).getByText('pay: 2 runs').waitFor()
  await page.getByText('Nothing of it touches the outside world').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Drain 2 runs' }).click()
  await page.getByRole('region', { name: 'Recovered 2 of 2 runs' }).waitFor()
  await page.getByText('Nothing is queued for later').waitFor()
  for (const run of queued) expect((await record(run)).status).toBe('completed')
})
