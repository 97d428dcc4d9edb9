/** The overview: figures of the store, live, over the range that was asked for. */
import { expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { openScreen, withBrowser } from './console.ts'
import { withFullHouse } from './full-house.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { OverviewPage } from './pages/overview-page.ts'
import { WorkflowName } from '../../src/model/ids.ts'

withBrowser()
const house = withFullHouse()

const hour = 3_600_000

test('its figures are those of the store', async () => {
  const { host, client } = house()
  const { page } = await openScreen(host, { path: '/?range=1h' })
  const overview = new OverviewPage(page)
  const now = await client.api.metrics.now()
  await overview.figure('Running').getByText(String(now.byStatus.running), { exact: true }).waitFor()
  await overview.figure('Running').getByText(`${now.byStatus.waiting} waiting, ${now.byStatus.queued} queued`).waitFor()
  await overview.figure('Needs a person').getByText(String(now.pendingDecisions), { exact: true }).waitFor()

  const to = Date.now()
  const { outcomes, commitTotal, recovery, steps } = await client.api.metrics.get({ from: to - hour, to })
  const sum = (name: 'started' | 'completed' | 'failed' | 'cancelled'): number => outcomes.reduce((total, each) => total + each[name], 0)
  await overview.figure('Completed, 1 h').getByText(String(sum('completed')), { exact: true }).waitFor()
  await overview.figure('Completed, 1 h').getByText(`of ${sum('completed') + sum('failed') + sum('cancelled')} ended`).waitFor()
  await overview.figure('Recovered, 1 h').getByText(`${recovery.byItself} / ${recovery.errors}`).waitFor()
  await overview.figure('Checkpoint p99').getByText(`of ${commitTotal.count}`).waitFor()
  await overview.figure('Integrity').getByText(now.integrity?.checkpoints === 0 ? 'nothing to check yet' : 'Whole').waitFor()

  // What is drawn is told in a table, to whoever does not see it.
  const drawn = await overview.figuresOf('Runs by outcome')
  const columns = [1, 2, 3, 4].map((column) => drawn.reduce((total, row) => total + Number(row[column]), 0))
  expect(columns).toEqual([sum('started'), sum('completed'), sum('cancelled'), sum('failed')])
  const commits = await overview.figuresOf('Checkpoint latency')
  expect(commits.reduce((total, row) => total + Number(row[1]), 0)).toBe(commitTotal.count)
  for (const { step, workflow } of steps) await page.getByRole('list', { name: 'Steps, the slowest first' }).getByRole('link', { name: `${step} ${workflow}` }).waitFor()
  await page.getByRole('list', { name: 'Errors by class' }).getByRole('listitem').first().waitFor()
  await expectAccessible(page)
})

test('what needs somebody leads there', async () => {
  const { host, decision } = house()
  const { page } = await openScreen(host)
  await new OverviewPage(page).needing('Promote').getByRole('link', { name: /^Review/ }).click()
  await page.waitForURL(new RegExp(decision))
  await new AttentionPage(page).title(/^Promote to production/).waitFor()
})

test('a run that starts is counted and told at once', async () => {
  const { host, client } = house()
  const { page } = await openScreen(host)
  const overview = new OverviewPage(page)
  const { byStatus } = await client.api.metrics.now()
  await overview.figure('Running').getByText(String(byStatus.running), { exact: true }).waitFor()
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('harvest'), input: {} })
  await overview.figure('Running').getByText(String(byStatus.running + 1), { exact: true }).waitFor()
  await overview.ticker.getByRole('link', { name: /^harvest/ }).first().waitFor()
  await client.api.runs.cancel({ run: id, reason: 'enough' })
  await overview.figure('Running').getByText(String(byStatus.running), { exact: true }).waitFor()
  await overview.ticker.getByText('enough').waitFor()
})

test('the range stands in the address, outlives a reload, and is there again without it', async () => {
  const { host } = house()
  const { page, at } = await openScreen(host)
  const overview = new OverviewPage(page)
  await overview.range('6 h').click()
  await page.waitForURL(/range=6h/)
  await overview.figure('Completed, 6 h').waitFor()
  await page.reload()
  await overview.figure('Completed, 6 h').waitFor()
  expect(await overview.range('6 h').getAttribute('aria-pressed')).toBe('true')
  await page.keyboard.press('1')
  await overview.figure('Completed, 5 min').waitFor()
  await page.goto(at('/runs'))
  await page.goto(at('/'))
  await overview.figure('Completed, 5 min').waitFor()
})
