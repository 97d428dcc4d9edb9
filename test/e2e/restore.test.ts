/** Going back: a moment looked at, compared and restored, taken back, and refused where somebody else was faster. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { GraphPart } from './pages/graph-part.ts'
import { Keys } from './pages/keys.ts'
import { RestorePart } from './pages/restore-part.ts'
import { RunPage } from './pages/run-page.ts'
import { TimelinePart } from './pages/timeline-part.ts'

withBrowser()

/** Nothing of it reaches beyond the store, and no two runs of `write` say the same. */
const essay = `import { workflow, z } from 'cairn'

export default workflow('essay', { version: 1, input: z.object({ about: z.string() }) })
  .step('plan', ({ input }) => ({ headings: [input.about, 'the end'] }))
  .step('write', { needs: ['plan'] }, ({ idempotencyKey }) => ({
    text: 'written under ' + idempotencyKey.split('/').at(-1),
    verses: Array.from({ length: 1_500 }, (_, verse) => 'Verse ' + verse + ' of ' + idempotencyKey.split('/').at(-1)),
  }))
  .step('count', { needs: ['write'] }, ({ outputs }) => ({ letters: outputs.write.text.length }))
`

const notice = `import { workflow, z } from 'cairn'

export default workflow('notice', { version: 1, input: z.object({ to: z.string() }) })
  .step('word', () => ({ text: 'we are closed on Monday' }))
  .email('send', { needs: ['word'] }, ({ input, outputs }) => ({ to: input.to, subject: 'Closed', text: outputs.word.text }))
  .approval('seen', { needs: ['send'], actions: { primary: 'yes' } })
`

/** Goes round for as long as a test looks at it. */
const bulletin = `import { workflow, z } from 'cairn'

export default workflow('bulletin', { version: 1, input: z.object({ to: z.string() }) })
  .email('send', {}, ({ input }) => ({ to: input.to, subject: 'News', text: 'There is none.' }))
  .step('turn', () => new Promise((resolve) => setTimeout(resolve, 100, null)))
  .step('again', { needs: ['turn'], next: { to: ['turn'], max: 5_000, choose: () => 'turn' } }, ({ iteration }) => iteration)
`

const files = { 'workflows/essay.ts': essay, 'workflows/notice.ts': notice }

async function finishedEssay(client: Client): Promise<RunId> {
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('essay'), input: { about: 'stones' } })
  await ended(client, id)
  return id
}

async function momentOf(client: Client, run: RunId, step: string): Promise<number> {
  const { checkpoints } = await client.api.runs.checkpoints({ run, limit: 100 })
  const found = checkpoints.find((each) => each.step === step && each.type === 'step_complete')
  if (found === undefined) throw new Error(`${step} left no checkpoint`)
  return found.number
}

async function mailTo(client: Client, run: RunId): Promise<number> {
  return (await client.api.mail.list({ run })).mail.length
}

/** The moments of a run come after the run. */
async function sees(screen: RunPage, checkpoints: number): Promise<void> {
  await screen.timeline.getByText(`${checkpoints} checkpoints`).waitFor()
}

/** Steps by the keyboard alone until the playhead is on that checkpoint. */
async function scrubTo(page: Page, checkpoint: number): Promise<void> {
  const slider = new RunPage(page).checkpoint()
  await slider.focus()
  await page.keyboard.press('Home')
  for (let at = 0; at < checkpoint; at += 1) {
    await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe(String(at))
    await page.keyboard.press('ArrowRight')
  }
  await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe(String(checkpoint))
}

test('a run goes back with one press and runs again from there; what it left stays as it was', { timeout: 120_000 }, async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await finishedEssay(client)
  const planned = await momentOf(client, run, 'plan')
  await page.goto(at(`/runs/${run}`))
  const screen = new RunPage(page)
  const part = new RestorePart(page)
  await screen.says('Completed: nothing is left to do.').waitFor()
  await sees(screen, 4)

  // By keyboard to where the plan was made: the graph shows that moment, and what restoring it leads to is told.
  await scrubTo(page, planned)
  await screen.past().waitFor()
  await new GraphPart(page).step(/^write, code, running/).waitFor({ state: 'attached' })
  await page.keyboard.press('b')
  await part.moment(planned).waitFor()
  await part.group('Runs again').getByText('write').waitFor()
  await part.group('Runs again').getByText('count').waitFor()
  await part.group('Reused, not run again').getByText('plan').waitFor()
  await part.group('Touches the outside world').getByText('Nothing outside is touched').waitFor()
  await expect.poll(() => part.reason().inputValue()).toBe('Run again from write')
  await expectAccessible(page)

  // One press, and nothing further is asked.
  await part.reason().fill('the second half was weak')
  await part.button().click()
  await screen.told(`Restored checkpoint ${planned}`).waitFor()
  await ended(client, run, 1)
  await screen.past().waitFor({ state: 'detached' })
  await screen.says(/^branch 1, restored .*: the second half was weak$/).waitFor()
  await screen.says('Completed: nothing is left to do.').waitFor()
  await screen.row('write').click()
  await screen.panel.getByText('written under 1').waitFor()
  await screen.row('plan').click()
  await screen.tab('Attempts').click()
  await expect.poll(() => screen.panel.getByRole('listitem').count()).toBe(1)

  // Both branches are there, and the one that was left is as it was.
  await page.keyboard.press('b')
  await part.branch('branch 1').getByText('the run is here').waitFor()
  await part.branch('branch 1').getByText('the second half was weak').waitFor()
  await part.branch('main').getByRole('button', { name: /^main/ }).click()
  await page.getByText('As main was left').waitFor()
  await screen.row('write').click()
  await screen.tab('Step').click()
  await screen.panel.getByText('written under 0').waitFor()
  await expectAccessible(page)
})

test('what touches nothing outside is taken back as fast', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await finishedEssay(client)
  await page.goto(at(`/runs/${run}?checkpoint=0&tab=restore`))
  const screen = new RunPage(page)
  await new RestorePart(page).button().click()
  await screen.told('Restored checkpoint 0').getByRole('button', { name: 'Undo' }).click()
  await screen.told(/branch 2/).waitFor()
  await ended(client, run, 2)
  const { outputs } = await client.api.runs.state({ run })
  expect(Object.values(outputs).map((each) => each.at(-1)?.output)).toContainEqual(expect.objectContaining({ text: 'written under 0' }))

  // What it told is gone after a while; the key and the palette have it for as long as the run is on that branch.
  await screen.told(/branch 2/).getByLabel('Close').click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('undo')
  await page.getByRole('option', { name: /^Undo the restore of checkpoint \d+: restores once more/ }).waitFor()
  await page.keyboard.press('Escape')
  // A key is the palette's own until that is gone.
  await page.getByRole('option', { name: /^Undo the restore/ }).waitFor({ state: 'detached' })
  // So has whoever loads the page again, and another tab of theirs.
  const beside = await page.context().newPage()
  const branches = at(`/runs/${run}?tab=restore`)
  await beside.goto(branches)
  await beside.getByRole('button', { name: /^Undo the restore of checkpoint \d+/ }).waitFor()
  await beside.close()
  await page.goto(branches)
  await page.getByRole('button', { name: /^Undo the restore of checkpoint \d+/ }).waitFor()
  await page.keyboard.press('u')
  await screen.told(/branch 3.*begins its time anew/).waitFor()
  await ended(client, run, 3)
  await client.api.runs.restore({ run, checkpoint: 0, actor: 'Grace' })
  await ended(client, run, 4)
  await screen.told(/Grace restored checkpoint 0/).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('undo')
  await page.getByRole('option', { name: /^Undo the restore.*nothing was restored from here/ }).waitFor()
})

test('any two moments are compared, of whichever branches, and what differs is found', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await finishedEssay(client)
  const planned = await momentOf(client, run, 'plan')
  const { head } = (await client.api.runs.get({ run })).record
  await client.api.runs.restore({ run, checkpoint: planned })
  await ended(client, run, 1)

  await page.goto(at(`/runs/${run}?tab=changes`))
  const screen = new RunPage(page)
  const part = new RestorePart(page)
  await screen.panel.getByRole('button', { name: /^Compare with/ }).waitFor()
  await page.keyboard.press('v')
  await screen.panel.getByText('That is one and the same checkpoint').waitFor()
  await screen.panel.getByRole('spinbutton', { name: 'Checkpoint to compare with' }).fill(String(head))
  await part.difference('write').waitFor()
  // As long as each other, the two texts have the same count, which is no difference.
  expect(await part.difference('count').count()).toBe(0)
  await part.difference('write').getByRole('button', { name: 'write' }).click()
  await part.difference('write').locator('del', { hasText: 'written under 0' }).waitFor()
  await part.difference('write').locator('ins', { hasText: 'written under 1' }).waitFor()

  // Of its thousands of lines those in sight are drawn, and what is looked for is found on either side, far below.
  const write = part.difference('write')
  const found = write.locator('mark.current')
  const isInSight = async (): Promise<boolean> => {
    const [hit, lines] = [await found.boundingBox(), await write.getByRole('region', { name: /^What changed in write/ }).boundingBox()]
    return hit !== null && lines !== null && hit.y >= lines.y && hit.y + hit.height <= lines.y + lines.height
  }
  expect(await write.locator('.line').count()).toBeLessThan(150)
  await write.getByRole('searchbox', { name: 'Find in the difference' }).fill('verse 1499 of')
  await write.getByRole('status').getByText('2', { exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await write.getByRole('status').getByText('1 of 2', { exact: true }).waitFor()
  await write.locator('del', { has: page.locator('mark.current'), hasText: 'Verse 1499 of 0' }).waitFor()
  await expect.poll(isInSight).toBe(true)
  await page.keyboard.press('Enter')
  await write.locator('ins', { has: page.locator('mark.current'), hasText: 'Verse 1499 of 1' }).waitFor()
  await expect.poll(isInSight).toBe(true)
  expect(await write.locator('.line').count()).toBeLessThan(150)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => found.count()).toBe(0)

  await screen.panel.getByRole('spinbutton', { name: 'Checkpoint to compare with' }).fill(String(planned))
  await part.difference(/^new\s*count/).first().waitFor()
  await screen.panel.getByRole('searchbox', { name: 'Find a difference' }).fill('write new')
  await expect.poll(() => part.difference('count').count()).toBe(0)
  await part.difference(/^new\s*write/).first().waitFor()
  await screen.panel.getByRole('searchbox', { name: 'Find a difference' }).fill('write')
  await screen.panel.getByRole('button', { name: 'The other way round' }).click()
  await part.difference(/^gone\s*write/).first().waitFor()
  await screen.panel.getByRole('button', { name: 'Compare no more' }).click()
  await expect.poll(() => part.difference('write').count()).toBe(0)

  // From the branches: who began one, and why, also where nobody said so; one compared with where the run is, and gone back to.
  await page.keyboard.press('Escape')
  await screen.past().waitFor({ state: 'detached' })
  await page.keyboard.press('b')
  await part.branch('branch 1').getByText(/^from checkpoint 1 of main, .* by /).waitFor()
  await part.branch('branch 1').getByText('Run again from write').waitFor()
  await part.branch('main').getByRole('button', { name: `Compare with checkpoint ${head} of main` }).click()
  await part.difference('write').waitFor()
  await page.keyboard.press('b')
  await part.branch('main').getByRole('button', { name: /^main/ }).click()
  await part.moment(head).waitFor()
  await part.button().click()
  await screen.told(`Restored checkpoint ${head}`).waitFor()
  await page.keyboard.press('b')
  await part.branch('branch 2').getByText('the run is here').waitFor()
  await part.branch('branch 2').getByText(`Back to checkpoint ${head}`).waitFor()
  const { outputs } = await client.api.runs.state({ run })
  expect(Object.values(outputs).map((each) => each.at(-1)?.output)).toContainEqual(expect.objectContaining({ text: 'written under 0' }))
})

test('a mail is sent once more only after a second press', { timeout: 120_000 }, async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('notice'), input: { to: 'ana@example.com' } })
  await asked(client, run)
  expect(await mailTo(client, run)).toBe(1)
  const screen = new RunPage(page)
  await page.goto(at(`/runs/${run}?tab=mail&checkpoint=${await momentOf(client, run, 'word')}`))
  await screen.panel.getByText('No message had been caught by then').waitFor()
  await page.keyboard.press('Escape')
  await screen.panel.getByRole('heading', { name: 'Closed' }).waitFor()
  await page.goto(at(`/runs/${run}?step=send`))
  const part = new RestorePart(page)
  await screen.panel.getByRole('button', { name: /^Run from here/ }).click()
  await part.group('Touches the outside world').getByText(/It already happened, at .*: it would happen twice/).waitFor()
  await part.group('Withdrawn').getByText('its open decision').waitFor()
  expect(await part.button().innerText()).toContain('…')

  await part.button().click()
  await part.question().getByText('A mail').waitFor()
  await expectAccessible(page)
  await part.question().getByRole('button', { name: 'Not yet' }).click()
  expect((await client.api.runs.get({ run })).record.branch).toBe(0)
  expect(await mailTo(client, run)).toBe(1)

  await part.button().click()
  await part.question().getByRole('textbox', { name: 'Why, kept in the journal' }).fill('the first one was lost')
  await part.question().getByRole('button', { name: /^Restore checkpoint \d+$/ }).click()
  await screen.told(/^Restored checkpoint/).waitFor()
  await screen.says(/seen asks for a decision/).waitFor()
  await expect.poll(() => mailTo(client, run)).toBe(2)
  expect(await screen.told(/^Restored checkpoint/).getByRole('button', { name: 'Undo' }).count()).toBe(0)
})

test('no press is lost while the run goes on, however long it takes to read anew what going back leads to', { timeout: 120_000 }, async () => {
  const { page, client, at } = await openConsole(await workspaceOf({ 'workflows/bulletin.ts': bulletin }))
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('bulletin'), input: { to: 'ana@example.com' } })
  await expect.poll(() => mailTo(client, run)).toBe(1)
  let held: (() => void)[] | undefined
  await page.routeWebSocket(/./, (socket) => {
    const host = socket.connectToServer()
    socket.onMessage((message) => {
      if (message.toString().includes('runs/preview')) held?.push(() => host.send(message))
      if (held === undefined || !message.toString().includes('runs/preview')) host.send(message)
    })
  })
  await page.goto(at(`/runs/${run}?checkpoint=0&tab=restore`))
  const screen = new RunPage(page)
  const part = new RestorePart(page)
  const newest = () => screen.says(/^\d+ checkpoints$/).innerText()
  /** The button is let go only after a checkpoint has come, and what it leads to then is not known before it is. */
  const press = async (button: Locator): Promise<void> => {
    await button.hover()
    held = []
    await page.mouse.down()
    const before = await newest()
    await expect.poll(newest).not.toBe(before)
    await page.mouse.up()
    for (const send of held) send()
    held = undefined
  }

  await part.group('Touches the outside world').getByText(/It already happened/).waitFor()
  await press(part.button())
  await part.question().getByText('A mail').waitFor()
  await press(part.question().getByRole('button', { name: 'Restore checkpoint 0' }))
  await screen.told('Restored checkpoint 0').waitFor()
  await expect.poll(() => mailTo(client, run)).toBe(2)
})

test('where somebody else was faster nothing is done, and it is told how the run stands', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await finishedEssay(client)
  const wishes: (() => void)[] = []
  await page.routeWebSocket(/./, (socket) => {
    const host = socket.connectToServer()
    socket.onMessage((message) => {
      if (message.toString().includes('runs/restore')) wishes.push(() => host.send(message))
      else host.send(message)
    })
  })
  await page.goto(at(`/runs/${run}?checkpoint=0&tab=restore`))
  const screen = new RunPage(page)
  const part = new RestorePart(page)
  await part.group('Then').getByText('as branch 1').waitFor()

  // The wish is on its way when somebody else's arrives.
  await part.button().click()
  await expect.poll(() => wishes.length).toBe(1)
  await client.api.runs.restore({ run, checkpoint: 0, reason: 'I was here first', actor: 'Grace' })
  await ended(client, run, 1)
  for (const send of wishes) send()
  await screen.told('Nothing was restored: the run is completed now').waitFor()
  expect((await client.api.runs.get({ run })).record.branch).toBe(1)

  // What it leads to is told anew, of the run as it is now.
  await part.group('Then').getByText('as branch 2').waitFor()
  await part.branch('branch 1').getByText('I was here first').waitFor()
})

test('who has not heard yet that somebody else was faster is told so, and the run stays where it is', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await finishedEssay(client)
  let isDeaf = false
  await page.routeWebSocket(/./, (socket) => {
    const host = socket.connectToServer()
    host.onMessage((message) => {
      if (!isDeaf || !message.toString().includes('"changed"')) socket.send(message)
    })
  })
  await page.goto(at(`/runs/${run}?checkpoint=0&tab=restore`))
  const part = new RestorePart(page)
  await part.group('Then').getByText('as branch 1').waitFor()
  isDeaf = true
  await client.api.runs.restore({ run, checkpoint: 0, reason: 'I was here first', actor: 'Grace' })
  await ended(client, run, 1)
  await part.button().click()
  await new RunPage(page).told('Nothing was restored: the run has moved on').waitFor()
  expect((await client.api.runs.get({ run })).record.branch).toBe(1)
})

test('what another person restores is told to whoever looks on', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await finishedEssay(client)
  await page.goto(at(`/runs/${run}`))
  const screen = new RunPage(page)
  await sees(screen, 4)
  await client.api.runs.restore({ run, checkpoint: 0, reason: 'once more', actor: 'Grace' })
  await screen.told(/Grace restored checkpoint 0.*once more/s).waitFor()
  await screen.says(/^branch 1, restored .* by Grace: once more$/).waitFor()
})

test('the playhead is dragged through the moments, and goes back to now with one key', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await finishedEssay(client)
  await page.goto(at(`/runs/${run}`))
  const screen = new RunPage(page)
  const timeline = new TimelinePart(page)
  const keys = new Keys(page)
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuetext')).toBe('now')
  const entries = await page.evaluate('history.length')

  await timeline.scrub(1, 0)
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuenow')).toBe('0')
  await screen.past().waitFor()
  await expect.poll(() => page.url()).toContain('checkpoint=0')
  expect(await page.evaluate('history.length')).toBe(entries)

  await screen.checkpoint().focus()
  await keys.press('End')
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuetext')).toBe('now')
  await keys.press('Home')
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuenow')).toBe('0')
  await keys.isOn(/^Checkpoint$/)
  await keys.press('Escape')
  await screen.past().waitFor({ state: 'detached' })
  await expectAccessible(page)
})

test('a moment is marked with a note, and a branch is named', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('notice'), input: { to: 'ana@example.com' } })
  await asked(client, run)
  await page.goto(at(`/runs/${run}`))
  const screen = new RunPage(page)
  const part = new RestorePart(page)
  await screen.action('Pause').waitFor()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: /^Take a checkpoint of notice/ })
  await dialog.getByRole('textbox', { name: 'Note' }).fill('before Monday')
  // As a finger that bounces on Enter does.
  await dialog.locator('form').evaluate(async (form: { requestSubmit(): void }) => {
    form.requestSubmit()
    await Promise.resolve()
    form.requestSubmit()
  })
  await screen.told(/^Checkpoint \d+ was taken.*before Monday/s).waitFor()
  await sees(screen, 4)
  await page.keyboard.press('[')
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuetext')).toMatch(/manual, the run: before Monday/)

  await page.keyboard.press('b')
  await part.branches.getByRole('button', { name: 'Name main' }).click()
  await page.getByRole('dialog', { name: 'Name main' }).getByRole('textbox').fill('first try')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await part.branch('first try').waitFor()
  expect((await client.api.runs.get({ run })).record.head).toBe(3)
})
