/** The host goes away while somebody works: nothing that was written, asked for or looked at is lost. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { hostOf, starterWorkspace } from '../integration/workspaces.ts'
import { hostAway, openConsole, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { RunsPage } from './pages/runs-page.ts'

withBrowser()

const started = { workflow: WorkflowName.parse('greeting'), input: { name: 'Ada', address: 'ada@example.com' } }

/** A console whose one run waits for a person, over a host that can be taken away and brought back. */
async function openWaiting(path: string) {
  const workspace = await starterWorkspace()
  const { page, host, client, at, tolerate } = await openConsole(workspace, { path })
  const { id } = await client.api.runs.start(started)
  return {
    page,
    at,
    run: id,
    async goes() {
      tolerate(...hostAway)
      await host.close()
      await page.getByText('The host does not answer').waitFor()
    },
    async comesBack() {
      const { client: again } = await hostOf(workspace, { port: Number(new URL(at('/')).port) })
      await page.getByText('The host does not answer').waitFor({ state: 'hidden' })
      return again
    },
  }
}

test('an answer is written while the host is away, and given once it is back', async () => {
  const { page, run, goes, comesBack } = await openWaiting('/attention')
  const attention = new AttentionPage(page)
  await attention.note().fill('begun before')
  await goes()
  expect(await attention.note().inputValue()).toBe('begun before')
  await attention.editor('write.text').fill('Written while nobody listened.')
  await attention.edit().getByText('nobody listened').waitFor()
  const approve = attention.answer('Approve with 1 edit')
  expect(await approve.getAttribute('aria-disabled')).toBe('true')
  await approve.focus()
  await page.getByText('the host does not answer: it can be done once it is back').waitFor()
  await page.keyboard.press('a')
  expect(await page.getByRole('dialog').count()).toBe(0)

  const client = await comesBack()
  expect(await attention.note().inputValue()).toBe('begun before')
  await attention.answer('Approve with 1 edit').click()
  await attention.question('Approve with 1 edit').getByRole('button', { name: 'Approve with 1 edit' }).click()
  await attention.told(/Approved.*The run completed/s).waitFor()
  const [decided] = (await client.api.decisions.list({ run })).decisions
  expect(decided?.decision).toMatchObject({ status: 'edited', note: 'begun before' })
})

test('a list keeps its query, its rows and its cursor, and goes on with what comes', async () => {
  const { page, goes, comesBack } = await openWaiting('/runs?query=status:waiting')
  const runs = new RunsPage(page)
  await runs.hasRows(1)
  await page.keyboard.press('j')
  await runs.cursor().waitFor()
  await goes()
  await runs.hasRows(1)
  const client = await comesBack()
  expect(await runs.query.inputValue()).toBe('status:waiting')
  await runs.cursor().waitFor()
  await client.api.runs.start(started)
  await runs.hasRows(2)
})

test.each([
  ['/runs/$run', 'Cancel…'],
  ['/workflows/greeting/start', 'Start the run'],
])('what needs the host cannot be pressed while it is away, and can once it is back: %s', async (path, button) => {
  const { page, run, at, goes, comesBack } = await openWaiting('/')
  await page.goto(at(path.replace('$run', run)))
  const action = page.getByRole('button', { name: button })
  const disabled = page.locator('[aria-disabled="true"]')
  await action.and(page.locator(':not([aria-disabled="true"])')).focus()
  await goes()
  await action.and(disabled).waitFor()
  await page.locator('button:focus').and(disabled).waitFor()
  await comesBack()
  await action.and(page.locator(':not([aria-disabled="true"])')).waitFor()
})
