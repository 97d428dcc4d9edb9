/** The tour of the first run: gone along with real things that are done, by keyboard; left, and taken up again. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { asked } from '../integration/moments.ts'
import { starterWorkspace, workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { Keys } from './pages/keys.ts'
import { RestorePart } from './pages/restore-part.ts'
import { RunPage } from './pages/run-page.ts'
import { StartPage } from './pages/start-page.ts'
import { TourPart } from './pages/tour-part.ts'

withBrowser()

test('it goes on by itself as its things are done, all by keyboard, and over a reload', { timeout: 120_000 }, async () => {
  const { page, client } = await openConsole(await starterWorkspace())
  const tour = new TourPart(page)
  const keys = new Keys(page)
  const screen = new RunPage(page)

  // Offered, and no more than that.
  await tour.offer.getByText('New here?').waitFor()
  expect(await tour.strip.count()).toBe(0)
  await expectAccessible(page)
  await keys.tabTo(/^Take the tour/)
  await keys.press('Enter')
  await tour.isAt('Start a run')
  await keys.isOn(/^Tour$/)
  expect(await tour.marked().textContent()).toBe('Workflows')
  expect(await tour.offer.count()).toBe(0)
  await expectAccessible(page)

  await keys.tabTo(/^Show me where/)
  await keys.press('Enter')
  await page.getByRole('heading', { name: 'Workflows', level: 1 }).waitFor()
  await expect.poll(() => tour.marked().textContent()).toBe('Start')
  await keys.tabTo(/^Start A greeting/)
  await keys.press('Enter')
  const form = new StartPage(page)
  await form.field('Name').fill('Ada')
  await form.field('Address').fill('ada@example.com')
  await expect.poll(() => tour.marked().textContent()).toContain('Start the run')
  await form.start()
  await form.isAtRun()

  await tour.isAt('Watch it run')
  await screen.says(/asks for a decision/).waitFor()
  await expect.poll(() => tour.marked().getAttribute('class')).toContain('run-graph')
  await expectAccessible(page)
  await keys.press('j')
  await tour.isAt('Decide')
  await page.reload()
  await tour.isAt('Decide')
  await screen.says(/asks for a decision/).waitFor()
  await expect.poll(() => tour.marked().textContent()).toBe('Decide')

  await keys.tabTo(/^Show me where/)
  await keys.press('Enter')
  const attention = new AttentionPage(page)
  await attention.answer('Approve').click()
  await attention.question('Approve').getByRole('button', { name: 'Approve' }).click()
  await tour.isAt('Look back')
  await keys.tabTo(/^Show me where/)
  await keys.press('Enter')
  await screen.says('Completed: nothing is left to do.').waitFor()
  await expect.poll(() => tour.marked().getAttribute('role')).toBe('slider')
  // One that is not there yet would be passed over, and what goes back is more than the last step then.
  const [run] = (await client.api.runs.list({})).runs
  if (run === undefined) throw new Error('no run was started')
  const { record } = await client.api.runs.get({ run: run.id })
  await screen.timeline.getByText(`${record.head + 1} checkpoints`, { exact: true }).waitFor()
  await keys.press('[')
  await tour.isAt('Go back')
  await expect.poll(() => tour.marked().textContent()).toBe('Restore')

  const restore = new RestorePart(page)
  await keys.press('b')
  await expect.poll(() => tour.marked().textContent()).toContain('Restore checkpoint')
  await restore.button().click()
  await tour.isAt('That is all of it')
  await expectAccessible(page)
  await keys.tabTo(/^Done/)
  await keys.press('Enter')
  await tour.strip.waitFor({ state: 'detached' })
  await expect.poll(() => tour.marked().count()).toBe(0)
})

test('it is left at any time, offered once, and taken up again where it was', async () => {
  const { page, at } = await openConsole(await workspaceOf({}))
  const tour = new TourPart(page)
  const keys = new Keys(page)
  await tour.offer.getByRole('button', { name: 'Not now' }).click()
  await page.reload()
  await tour.offer.getByRole('button', { name: 'Take the tour' }).waitFor()
  expect(await tour.offer.getByText('New here?').count()).toBe(0)

  // Where the keys are told; left by Esc from within, whatever the screen would do with it.
  await keys.press('Shift+?')
  await page.getByRole('dialog', { name: 'Keys' }).getByRole('button', { name: 'Take the tour' }).click()
  await tour.isAt('Start a run')
  await keys.tabTo(/^Skip this/)
  await keys.press('Enter')
  await tour.isAt('Watch it run')
  await keys.isOn(/^Tour$/)
  await keys.press('Escape')
  await tour.strip.waitFor({ state: 'detached' })

  // By the palette, on another screen; left by Esc, since there is nothing else to close.
  await page.goto(at('/workflows'))
  await page.getByRole('heading', { name: 'Workflows', level: 1 }).waitFor()
  await keys.press('Control+k')
  await page.getByRole('combobox', { name: /Search runs/ }).fill('tour')
  await page.getByRole('option', { name: /Take up the tour again/ }).waitFor()
  await keys.press('Enter')
  await tour.isAt('Watch it run')
  await keys.isOn(/^Tour$/)
  await page.getByRole('heading', { name: 'Workflows', level: 1 }).click()
  await keys.press('Escape')
  await tour.strip.waitFor({ state: 'detached' })
})

test('in a narrow window it has its place as well, and covers nothing', async () => {
  const { page, client, at } = await openConsole(await starterWorkspace(), { viewport: { width: 700, height: 800 } })
  const tour = new TourPart(page)
  await tour.offer.getByRole('button', { name: 'Take the tour' }).click()
  await tour.isAt('Start a run')
  const [strip, main] = [await tour.strip.boundingBox(), await page.locator('main').boundingBox()]
  expect((strip?.y ?? 0) + (strip?.height ?? 0)).toBeLessThanOrEqual(main?.y ?? 0)
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await expectAccessible(page)

  // The timeline has no room beside the graph: the way to it is marked.
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('greeting'), input: { name: 'Ada', address: 'ada@example.com' } })
  await asked(client, run)
  await page.goto(at(`/runs/${run}`))
  await tour.isAt('Watch it run')
  await tour.button('Skip this').click()
  await tour.button('Skip this').click()
  await tour.isAt('Look back')
  await expect.poll(() => tour.marked().textContent()).toBe('Timeline')
  await tour.marked().click()
  await expect.poll(() => tour.marked().getAttribute('role')).toBe('slider')
})
