/** The essential path with the keyboard alone: nothing is clicked, and nothing is focused but by keys. */
import { expect, test } from 'vitest'
import { starterWorkspace } from '../integration/workspaces.ts'
import { openConsole, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { Keys } from './pages/keys.ts'
import { MailPage } from './pages/mail-page.ts'
import { RunPage } from './pages/run-page.ts'
import { RunsPage } from './pages/runs-page.ts'
import { StartPage } from './pages/start-page.ts'

withBrowser()

test('a run is started, watched, decided and its mail read, with the keyboard alone', async () => {
  const { page, client } = await openConsole(await starterWorkspace())
  const keys = new Keys(page)
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

  // The first Tab leads past the navigation.
  await keys.press('Tab')
  await keys.isOn(/^Skip to the content$/)

  // Two runs are started from the palette: one through the form, one more that is left alone.
  for (const name of ['Ada', 'Grace']) {
    await keys.press('Control+k')
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor()
    await keys.isOn(/^Search runs/)
    await keys.type('start greeting')
    await page.getByRole('option', { name: /^Start greeting/ }).waitFor()
    await keys.press('Enter')
    await page.getByRole('heading', { name: 'Start A greeting', level: 1 }).waitFor()
    await keys.tabTo(/^Name/)
    await keys.type(name)
    // Started before it is whole, it leads to what is missing.
    await keys.press('Control+Enter')
    await page.getByRole('alert').waitFor()
    await keys.tabTo(/^Address$/)
    await keys.press('Enter')
    await keys.isOn(/^Address ?required/)
    await keys.type(`${name.toLowerCase()}@example.com`)
    await keys.press('Control+Enter')
    await new StartPage(page).isAtRun()
    await new RunPage(page).says(/^Waits for a person/).waitFor()
  }

  // In the list of runs: down, up, open.
  await keys.press('g', 'r')
  const runs = new RunsPage(page)
  await runs.hasRows(2)
  await keys.press('j')
  await keys.isOn(/./)
  await keys.press('j')
  await expect.poll(() => runs.cursor().getAttribute('aria-rowindex')).toBe('3')
  await keys.isOn(/./)
  await keys.press('Enter')
  await page.waitForURL(/\/runs\/0/)
  const run = new RunPage(page)
  await run.says(/^Waits for a person/).waitFor()

  // On the run: to a step of the graph, to a tab of the inspector.
  await keys.tabTo(/^Graph of/)
  await keys.press('n')
  await expect.poll(() => new URL(page.url()).searchParams.get('step')).toBe('approve')
  await keys.tabTo(/^Step$/)
  await keys.press('ArrowRight', 'Enter')
  await keys.isOn(/^State$/)
  expect(new URL(page.url()).searchParams.get('tab')).toBe('state')

  // To the decision of that run, an edit, a note, and the answer.
  await keys.press('g', 'a')
  const attention = new AttentionPage(page)
  await attention.title(/^approve/i).waitFor()
  await keys.press('j')
  await page.waitForURL(/decision=/)
  await keys.isOn(/approve/i)
  await attention.aside.getByText('Touches the outside world').waitFor()
  await keys.press('e')
  await keys.isOn(/write\.text/)
  await keys.press('Control+End')
  await keys.type('Written without a mouse.')
  await attention.edit().getByText('Written without a mouse.').waitFor()
  await keys.press('Escape', 'n')
  await keys.isOn(/^Note/)
  await keys.type('by keyboard')
  await keys.press('Escape', 'a')
  await attention.question(/^Approve/).waitFor()
  await keys.isOn(/./)
  await keys.press('Enter')
  await attention.told(/Approved.*The run completed/s).waitFor()

  // The mail that came of it.
  await keys.press('g', 'm')
  const mail = new MailPage(page)
  await mail.row('Hello').waitFor()
  await keys.press('j')
  await mail.shown().getByText('Written without a mouse.').waitFor()
  await keys.isOn(/./)

  const { runs: all } = await client.api.runs.list({})
  expect(all.map(({ status }) => status).toSorted((one, other) => one.localeCompare(other))).toEqual(['completed', 'waiting'])
})
