/** Starting a run: from a form of a hard schema, from JSON, from an earlier run; and the screens of the workflow. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { StartPage } from './pages/start-page.ts'

withBrowser()

const orders = `
import { workflow, z } from 'cairn'

const Input = z
  .object({
    customer: z.object({ name: z.string().min(1), email: z.email() }),
    kind: z.enum(['new', 'renewal']),
    lines: z.array(z.object({ item: z.string().min(1), count: z.int().min(1).default(1) })).min(1),
    payment: z.discriminatedUnion('method', [
      z.object({ method: z.literal('card'), holder: z.string().min(1), last: z.string().length(4) }),
      z.object({ method: z.literal('transfer'), holder: z.string().min(1), iban: z.string().min(15) }),
    ]),
    note: z.string().nullable().optional(),
    gift: z.boolean(),
  })
  .refine(({ customer }) => customer.name !== 'Nobody', { path: ['customer', 'name'], message: 'must be somebody' })

export default workflow('orders', { version: 1, title: 'Orders', input: Input }).step('charge', ({ input }) => input.customer.name)
`
const good = {
  customer: { name: 'Ana', email: 'ana@example.com' },
  kind: 'new',
  lines: [{ item: 'Tea', count: 2 }],
  payment: { method: 'card', holder: 'Ana', last: '1234' },
  gift: false,
}
const workspace = () => workspaceOf({ 'workflows/orders.ts': orders })

test('a hard schema is filled in by the keyboard, told what is wrong at its fields, and started', async () => {
  const { page } = await openConsole(await workspace(), { path: '/workflows/orders/start' })
  const start = new StartPage(page)
  await start.field('Name').focus()
  await page.keyboard.type('Nobody')
  await page.keyboard.press('Tab')
  await page.keyboard.type('nonsense')
  await page.keyboard.press('Tab')
  await page.getByText('must be an e-mail address like').waitFor()
  await start.start()
  await start.problems.first().waitFor()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Customer, email' }).press('Enter')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('ana@example.com')
  await start.group('Kind').getByRole('radio', { name: 'new', exact: true }).press('Space')
  await start.field('Item').fill('Tea')
  await start.group('Payment').getByRole('radio', { name: 'card' }).press('Space')
  await start.field('Holder').fill('Ana')
  await start.group('Payment').getByRole('radio', { name: 'transfer' }).press('Space')
  expect(await start.field('Holder').inputValue()).toBe('Ana')
  await start.field('Iban').fill('DE00123456789012')
  await start.start()
  // Only the workflow itself knows that.
  await start.group('Customer').getByText('must be somebody').waitFor()
  await start.field('Name').fill('Ana')
  await page.reload()
  expect(await start.field('Name').inputValue()).toBe('Ana')
  await start.start()
  await start.isAtRun()
})

test('what is no JSON is found at its line, what does not fit at its path; then it starts', async () => {
  const { page } = await openConsole(await workspace(), { path: '/workflows/orders/start?way=json' })
  const start = new StartPage(page)
  await start.json.fill('{\n  "customer" 1\n}')
  await page.getByText('Line 2, column').waitFor()
  await start.json.fill(JSON.stringify({ ...good, kind: 'old' }))
  await page.getByRole('region', { name: 'It does not fit' }).getByText('kind').waitFor()
  await expectAccessible(page)
  await start.json.fill(JSON.stringify(good))
  await start.way('Form').click()
  expect(await start.field('Item').inputValue()).toBe('Tea')
  await start.start()
  await start.isAtRun()
})

test('an earlier run hands its input on, and what is different from it is shown', async () => {
  const { page, client, at } = await openConsole(await workspace(), { path: '/workflows' })
  const run = await client.api.runs.start({ workflow: WorkflowName.parse('orders'), input: good })
  await page.goto(at(`/workflows/orders/start?from=${run.id}`))
  const start = new StartPage(page)
  await page.getByText('unchanged so far').waitFor()
  expect(await start.field('Item').inputValue()).toBe('Tea')
  await start.field('Item').fill('Coffee')
  await page.getByRole('region', { name: 'What is different from the earlier run' }).getByText('Coffee').waitFor()
  await start.way('Earlier run').click()
  await page.getByText('It fits version 1').waitFor()
  await expectAccessible(page)
  await start.start()
  await start.isAtRun()
})

const haul = `
import { workflow, z } from 'cairn'

export default workflow('haul', { version: 1, input: z.object({ load: z.string() }) })
  .step('lift', { uses: { crane: 1 } }, ({ input, signal }) => input.load === 'light' ? null : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))))
`

test('a start that no queue takes says when to come back and keeps what was written; who holds what is shown live', async () => {
  const { page, client, at } = await openConsole(await workspaceOf({ 'workflows/haul.ts': haul, 'cairn.config.yaml': 'resources: { crane: 1, ramp: 0 }\nlimits: { runs: 2, queued: 0 }\nbulkhead: { share: 1 }\n' }), { path: '/resources' })
  await page.getByText('No run may wait to begin').waitFor()
  const start = (load: string) => client.api.runs.start({ workflow: WorkflowName.parse('haul'), input: { load } })
  const first = await start('heavy')
  const second = await start('light')
  const crane = page.getByRole('listitem').filter({ has: page.getByText('crane', { exact: true }) }).first()
  await crane.getByRole('list', { name: 'Held by' }).getByRole('link', { name: new RegExp(first.id.slice(-8)) }).waitFor()
  await crane.getByRole('list', { name: 'Waiting, 1 in all' }).getByRole('link', { name: new RegExp(second.id.slice(-8)) }).waitFor()
  await page.getByText('until resources.ramp says otherwise').waitFor()
  await page.getByRole('row', { name: /Runs, over all.*2 of 2/ }).waitFor()
  await expectAccessible(page)

  await page.goto(at('/workflows/haul/start'))
  const form = new StartPage(page)
  await form.field('Load').fill('light')
  await form.start()
  await page.getByRole('alert').getByText(/none may wait to begin\. Come back in about \d+/).waitFor()
  await expectAccessible(page)
  expect(await form.field('Load').inputValue()).toBe('light')
  await client.api.runs.cancel({ run: first.id })
  await ended(client, second.id)
  await form.start()
  await form.isAtRun()
})

test('workflows, their graph, schema, revisions and health; a file that is none hides nothing', async () => {
  const files = { 'workflows/orders.ts': orders, 'workflows/broken.ts': 'export default 1\n' }
  const { page, at } = await openConsole(await workspaceOf(files), { path: '/workflows' })
  await page.getByText('workflows/broken.ts cannot be loaded').waitFor()
  await page.getByRole('row', { name: /Orders/ }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search runs/ }).fill('start orders')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Start Orders', level: 1 }).waitFor()
  for (const [tab, text] of [
    ['graph', 'Choose a step'],
    ['schema', 'customer'],
    ['revisions', 'There is one revision only'],
    ['health', 'Runs, last 24 hours'],
  ] as const) {
    await page.goto(at(`/workflows/orders?tab=${tab}`))
    await page.getByText(text).first().waitFor()
    await expectAccessible(page)
  }
})
