/** The list of runs over real ones: found, watched, marked, and acted on together. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import type { Client } from '../../src/client/client.ts'
import { asked } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { RunsPage } from './pages/runs-page.ts'

withBrowser()

/** Ends at once, well or not, or waits for a person. */
const errand = `
import { workflow, z } from 'cairn'

const Input = z.object({ to: z.string(), fails: z.boolean(), asks: z.boolean() })

export default workflow('errand', { version: 1, input: Input })
  .step('go', { retry: { attempts: 1 } }, ({ input }) => {
    if (input.fails) throw new Error('nobody is at ' + input.to)
    return { asks: input.asks }
  })
  .approval('ask', { needs: ['go'], when: ({ outputs }) => outputs.go.asks, actions: { primary: 'approve', secondary: ['reject'] } })
`

const kinds = { well: {}, badly: { fails: true }, asking: { asks: true } } as const

async function start(client: Client, count: number, kind: keyof typeof kinds, to = 'Bergen'): Promise<void> {
  const workflow = WorkflowName.parse('errand')
  const input = { to, fails: false, asks: false, ...kinds[kind] }
  for (let n = 0; n < count; n++) await client.api.runs.start({ workflow, input })
}

function never(): never {
  throw new Error('there is none')
}

async function openRuns(path = '/runs') {
  const opened = await openConsole(await workspaceOf({ 'workflows/errand.ts': errand }), { path })
  return { ...opened, runs: new RunsPage(opened.page) }
}

test('a list without runs says so, and shows the first as it starts and ends', async () => {
  const { page, client, runs } = await openRuns()
  await page.getByText('No run has been started yet').waitFor()
  await expectAccessible(page)
  await start(client, 1, 'badly')
  await runs.cell(runs.row(1), 'status').getByText('Failed').waitFor()
  await runs.cell(runs.row(1), 'step').getByText('go').waitFor()
})

test('a query finds by status, by name and by text of the input, is completed, and says what is wrong with it', async () => {
  const { page, client, runs } = await openRuns()
  await start(client, 3, 'well')
  await start(client, 2, 'badly', 'Trondheim')
  await runs.chip('Completed 3').waitFor()
  await runs.chip('Failed 2').click()
  await runs.hasRows(2)
  expect(await runs.query.inputValue()).toBe('status:failed')
  expect(page.url()).toContain('query=status')

  await page.keyboard.press('/')
  await runs.query.fill('work')
  await page.getByRole('option', { name: /workflow:/ }).first().click()
  await page.getByRole('option', { name: /errand/ }).click()
  expect(await runs.query.inputValue()).toBe('workflow:errand')
  await runs.hasRows(5)

  await runs.ask('trondheim')
  await runs.hasRows(2)
  await page.goBack()
  await runs.hasRows(5)

  await runs.query.fill('')
  await page.keyboard.type('status:faild')
  const wrong = page.locator('.query-bar [data-wrong="true"]')
  await page.getByRole('listbox').waitFor({ state: 'hidden' })
  expect(await wrong.count(), 'a word that is being typed').toBe(0)
  await page.keyboard.type(' ')
  await page.getByText('faild is no status of a run').waitFor()
  await page.keyboard.press('Backspace')
  await page.getByText('faild is no status of a run').waitFor({ state: 'hidden' })
  await page.keyboard.press('Enter')
  await page.getByText('faild is no status of a run').waitFor()
  await expectAccessible(page)
  await runs.hasRows(5)
  await page.getByRole('button', { name: 'Write failed' }).click()
  await runs.hasRows(2)

  await runs.ask('step:nowhere')
  await page.getByText('No run fits').waitFor()
  await page.getByRole('button', { name: 'Clear the query' }).last().click()
  await runs.hasRows(5)
})

test('a list is worked by keys alone, and is where it was left after a run was looked at, and after a reload', async () => {
  const { page, client, runs } = await openRuns()
  await start(client, 150, 'well')
  await runs.chip('Completed 150').waitFor()
  await runs.hasRows(150)
  for (const key of ['j', 'j', 'k', 'x', 'j', 'j', 'Shift+X']) await page.keyboard.press(key)
  await runs.bulk().getByText('3 runs marked').waitFor()
  await page.keyboard.press('Escape')
  await runs.bulk().waitFor({ state: 'hidden' })
  await page.keyboard.press('Shift+G')
  await runs.cell(runs.row(150), 'status').getByText('Completed').waitFor()
  expect(await runs.cursor().getAttribute('aria-rowindex')).toBe('151')
  const scrolled = await runs.scrolled()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/runs\/0/)
  await page.goBack()
  await runs.cursor().waitFor()
  expect(await runs.scrolled()).toBe(scrolled)
  await page.reload()
  await runs.cursor().waitFor()
  expect(await runs.scrolled()).toBe(scrolled)
  expect(await runs.cursor().getAttribute('aria-rowindex')).toBe('151')
  await page.keyboard.press('g')
  await page.keyboard.press('g')
  await runs.row(1).waitFor()
})

test('rows stay where they are while somebody reads further down, and what came is one press away', async () => {
  const { page, client, runs } = await openRuns()
  await start(client, 120, 'well')
  await runs.hasRows(120)
  await runs.scroll(1_600)
  const first = await runs.cell(runs.row(60), 'id').textContent()
  await start(client, 3, 'well')
  await page.getByRole('button', { name: '3 new runs' }).waitFor()
  expect(await runs.cell(runs.row(60), 'id').textContent()).toBe(first)
  await page.getByRole('button', { name: '3 new runs' }).click()
  await runs.hasRows(123)
  await runs.row(1).waitFor()
  expect(await runs.scrolled()).toBe(0)
})

test('a run that comes to fit the query is shown, though none has started since', async () => {
  const { page, client, runs } = await openRuns('/runs?query=status:completed')
  const workflow = WorkflowName.parse('errand')
  const input = { to: 'Bergen', fails: false, asks: true }
  const { id: run } = await client.api.runs.start({ workflow, input })
  const { decision } = await asked(client, run)
  await page.getByText('No run fits').waitFor()
  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await runs.hasRows(1)
  await runs.cell(runs.row(1), 'status').getByText('Completed').waitFor()
})

test('what became of a run while another screen was shown stands in the list on the way back', async () => {
  const { page, client, runs } = await openRuns()
  await start(client, 1, 'asking')
  await runs.cell(runs.row(1), 'status').getByText('Needs a decision').waitFor()
  const [{ run, decision } = never()] = (await client.api.decisions.list({})).decisions
  await runs.cell(runs.row(1), 'workflow').getByRole('link').click()
  await page.getByRole('heading', { name: 'errand', level: 1 }).waitFor()
  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await page.getByRole('main').getByText('Completed').first().waitFor()
  await page.goBack()
  await runs.cell(runs.row(1), 'status').getByText('Completed').waitFor()
})

test('many are cancelled together: one first, then all others, with a result for each', async () => {
  const { page, client, runs } = await openRuns('/runs?query=status:waiting')
  await start(client, 5, 'asking')
  await runs.hasRows(5)
  await page.getByRole('checkbox', { name: 'Mark the runs in view' }).click()
  await runs.bulk().getByText('5 runs marked').waitFor()
  await runs.bulk().getByRole('button', { name: 'Resume' }).hover()
  await page.getByText('none of them is paused').waitFor()
  await runs.row(5).locator('[data-marks]').click()
  await runs.bulk().getByRole('button', { name: 'Select all 5 matching' }).click()
  await runs.bulk().getByRole('button', { name: 'Cancel' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel 5 runs' })
  await dialog.waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel 5 runs' }).click()
  await page.getByText('Cancelled 1 of 1').waitFor()
  await page.getByRole('button', { name: 'Go on with all 4 others' }).click()
  await page.getByRole('region', { name: 'Cancel: results' }).getByRole('heading', { name: 'Cancelled 5 of 5 runs' }).waitFor()
  expect(await runs.results().getByText('Done').count()).toBe(5)
  await expectAccessible(page)
  // They stay in their places, though the query would not find them any more.
  expect(await runs.rows().getByText('no longer fits the query').count()).toBe(5)
  await runs.chip('Waiting').waitFor()
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.getByText('No run fits').waitFor()
})

test('a column is made wider by keyboard, keeps its width, and gets its own back', async () => {
  const { page, client, runs } = await openRuns()
  await start(client, 1, 'well')
  await runs.hasRows(1)
  const width = () => page.getByRole('columnheader', { name: 'Id' }).evaluate((header: { offsetWidth: number }) => header.offsetWidth)
  const own = await width()
  await page.getByRole('button', { name: 'Columns' }).press('Enter')
  const slider = page.getByRole('slider', { name: 'Width of Id' })
  await slider.press('ArrowRight')
  await slider.press('ArrowRight')
  await expect.poll(width).toBe(own + 16)
  await page.keyboard.press('Escape')
  await page.reload()
  await expect.poll(width).toBe(own + 16)
  await page.getByRole('button', { name: 'Columns' }).press('Enter')
  await slider.press('ArrowLeft')
  await slider.press('ArrowLeft')
  await expect.poll(width).toBe(own)
  const workflow = page.getByRole('slider', { name: 'Width of Workflow' })
  expect(await workflow.getAttribute('aria-valuetext')).toBe('as wide as there is room')
  await workflow.press('ArrowRight')
  expect(await workflow.getAttribute('aria-valuetext')).toBe('158 pixels')
  await workflow.press('ArrowLeft')
  expect(await workflow.getAttribute('aria-valuetext')).toBe('as wide as there is room')
})

test('the view of failures says why each failed, and its columns are put back as they were', async () => {
  const { page, client, runs } = await openRuns()
  await start(client, 2, 'badly')
  const view = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Failed in the last day' })
  await view.click()
  await runs.cell(runs.row(1), 'failure').getByText('nobody is at Bergen').waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Failure' }).uncheck()
  await page.keyboard.press('Escape')
  await view.getByText('changed, not saved').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Put back as it was' }).click()
  await runs.cell(runs.row(1), 'failure').getByText('nobody is at Bergen').waitFor()
})

test('columns and views are kept on this machine, and a list is brought back as it was left', async () => {
  const { page, client, runs, at } = await openRuns()
  await start(client, 2, 'badly')
  await runs.hasRows(2)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Failure' }).check()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await runs.cell(runs.row(1), 'failure').getByText('nobody is at Bergen').waitFor()
  await runs.ask('status:failed')
  await page.getByRole('columnheader', { name: 'Workflow' }).getByRole('button').click()
  expect(await page.getByRole('columnheader', { name: 'Workflow' }).getAttribute('aria-sort')).toBe('ascending')

  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
  await page.getByLabel('Name').fill('Went badly')
  await page.keyboard.press('Enter')
  const views = page.getByRole('navigation', { name: 'Views' })
  await views.getByRole('link', { name: 'Went badly' }).waitFor()
  await runs.ask('status:completed')
  await views.getByRole('link', { name: 'Went badly changed, not saved' }).waitFor()

  await page.goto('about:blank')
  await page.goto(at('/runs'))
  await page.getByText('As you left it').waitFor()
  expect(await runs.query.inputValue()).toBe('status:completed')
  await views.getByRole('link', { name: 'Went badly' }).click()
  await runs.hasRows(2)
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await views.getByRole('link', { name: 'Went badly' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await views.getByRole('link', { name: 'Went badly' }).waitFor()
})
