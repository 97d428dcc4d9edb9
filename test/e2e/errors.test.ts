/** What goes wrong with requests, as it is watched: what was sent and answered, why it waits, and like errors of all runs together. */
import { expect, test } from 'vitest'
import { type Behaviour, json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended, runOnce } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { RunPage } from './pages/run-page.ts'

withBrowser()

const files = {
  'workflows/orders.ts': `import { workflow, z } from 'cairn'

export default workflow('orders', { version: 1, input: z.object({ url: z.string() }) })
  .http('order', { method: 'PUT', title: 'Order', effect: { repeat: 'safe' }, retry: { attempts: 3, initial: '1ms' } }, ({ input }) => ({
    url: input.url,
    headers: { Authorization: 'Bearer open-sesame-77' },
    json: { sku: 'K-17', amount: 3 },
  }))
`,
}

/** Away at first, each place by itself; at /busy it wants to be left alone for half an hour. */
function shop(): Behaviour {
  const asked = new Map<string, number>()
  return (heard, ...rest) => {
    const times = (asked.get(heard.path) ?? 0) + 1
    asked.set(heard.path, times)
    if (heard.path === '/busy') return json({ error: 'too many orders' }, 429, { 'retry-after': '1800' })(heard, ...rest)
    return (times < 2 ? json({ error: 'out of order' }, 500) : json({ id: 'order-17' }, 201))(heard, ...rest)
  }
}

/** Run in the page: whether what worked is told in the colour of that. */
const isGreen = `(() => {
  const badge = document.querySelector('.recovery-timeline .status-badge')
  const probe = badge.appendChild(document.createElement('i'))
  probe.style.color = 'var(--success)'
  const [own, green] = [badge, probe].map((each) => getComputedStyle(each).color)
  probe.remove()
  return own === green
})()`

test('a request is told with its answer and its wishes, and its errors stand among their like', async () => {
  await using server = await receiver(shop())
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const start = async (path: string) => (await client.api.runs.start({ workflow: WorkflowName.parse('orders'), input: { url: server.url + path } })).id
  const [good, busy] = [await start('/one'), await start('/busy')]
  await ended(client, good)
  await runOnce(client, busy, ({ record }) => record.waiting === 'backoff')

  await page.goto(at(`/runs/${good}?step=order`))
  const screen = new RunPage(page)
  const request = screen.panel.getByRole('region', { name: /^Request/ }).first()
  await request.getByText(`${server.url}/one`).waitFor()
  await request.getByText('2 times').waitFor()
  await request.getByText(`${good}/order/1/0`).first().waitFor()
  await request.getByRole('region', { name: 'Answer' }).getByText('201', { exact: true }).waitFor()
  await request.getByText('order-17').waitFor()
  await request.getByRole('button', { name: /^Headers/ }).first().click()
  await request.getByText('(not shown)').waitFor()
  expect(await request.textContent()).not.toContain('sesame')
  await expectAccessible(page)

  await page.goto(at(`/runs/${busy}?step=order`))
  await screen.says(/since its receiver asked to be left alone for 30 min/).waitFor()
  await request.getByText('to be left alone for 30 min').waitFor()
  await request.getByText('too many orders').waitFor()

  await page.keyboard.press('g')
  await page.keyboard.press('e')
  const list = page.getByRole('region', { name: 'Errors, like ones together' })
  await list.getByRole('link', { name: /resource/ }).waitFor()
  await page.getByRole('figure', { name: 'Errors by outcome' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Outcome: Any outcome' }).click()
  await page.getByRole('menuitem', { name: 'recovered' }).click()
  await expect.poll(() => list.getByRole('link').count()).toBe(1)
  expect(new URL(page.url()).search).toContain('outcome=recovered')

  await list.getByRole('link', { name: /transient/ }).click()
  const group = page.getByRole('region', { name: 'The chosen errors' })
  await group.getByText('was answered 500 Internal Server Error').first().waitFor()
  const done = group.getByRole('list', { name: 'What was done about it' })
  await done.getByText('Tried again').waitFor()
  await done.getByText('Worked').waitFor()
  // A status is icon, word and colour.
  expect(await page.evaluate(isGreen)).toBe(true)
  await group.getByRole('button', { name: 'What the run was given' }).click()
  await group.getByRole('tree').getByText(`${server.url}/one`).waitFor()
  await group.getByRole('button', { name: /^The last that attempt 1 said/ }).click()
  await group.getByText(/answered 500 Internal Server Error, \d+ bytes/).waitFor()
  await expectAccessible(page)

  // What goes wrong meanwhile comes by itself, and the address says all of it.
  await ended(client, await start('/two'))
  await group.getByText('2 times').waitFor()
  const address = page.url()
  await page.goto(at('/errors?within=1h&workflow=orders&class=permanent'))
  await list.getByText('No error is like that').waitFor()
  await page.goto(address)
  await group.getByText('2 times').waitFor()
})
