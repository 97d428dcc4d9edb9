/** The host goes away while somebody works: nothing that was written, asked for or looked at is lost. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { hostOf, starterWorkspace } from '../integration/workspaces.ts'
import { openConsole, withBrowser } from './console.ts'
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
    run: id,
    async goes() {
      tolerate('WebSocket connection')
      tolerate('net::ERR_CONNECTION_REFUSED')
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
