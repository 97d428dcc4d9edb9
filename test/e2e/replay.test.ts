/** Replays: edited first, marked wherever they are told of, and disarmed until a person arms them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { RunId, WorkflowName } from '../../src/model/ids.ts'
import { readJson } from '../../src/model/json.ts'
import { asked, ended, entryOf } from '../integration/moments.ts'
import { exampleWorkspace, hostOf, workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { hostAway, openConsole, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { GraphPart } from './pages/graph-part.ts'
import { Keys } from './pages/keys.ts'
import { ReplayPart } from './pages/replay-part.ts'
import { RestorePart } from './pages/restore-part.ts'
import { RunPage } from './pages/run-page.ts'
import { RunsPage } from './pages/runs-page.ts'

withBrowser()

const letter = `import { workflow, z } from 'cairn'

const Draft = z.object({ body: z.string().min(2).refine((body) => !body.includes('rude'), 'is rude') })
const Pin = z.object({ pin: z.string() }).meta({ sensitive: true })

export default workflow('letter', { version: 1, input: z.object({ to: z.email() }) })
  .step('draft', { output: Draft }, ({ input }) => ({ body: 'Dear ' + input.to }))
  .step('pin', { output: Pin }, () => ({ pin: '0000' }))
  .step('check', { needs: ['draft', 'pin'] }, ({ outputs }) => ({ letters: outputs.draft.body.length }))
  .email('send', { needs: ['check'] }, ({ input, outputs }) => ({ to: input.to, subject: 'Hello', text: outputs.draft.body }))
`

const files = { 'workflows/letter.ts': letter }

async function sentLetter(client: Client): Promise<RunId> {
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('letter'), input: { to: 'ana@example.com' } })
  await ended(client, id)
  return id
}

/** The newest moment at which a step had completed. */
async function momentOf(client: Client, run: RunId, step: string): Promise<number> {
  const { checkpoints } = await client.api.runs.checkpoints({ run, limit: 100 })
  const found = checkpoints.findLast((each) => each.step === step && each.type !== 'step_start')
  if (found === undefined) throw new Error(`${step} left no checkpoint`)
  return found.number
}

async function lettersTo(client: Client): Promise<readonly string[]> {
  const { mail } = await client.api.mail.list({})
  return Promise.all(mail.map(async ({ id }) => (await client.api.mail.get({ id })).text ?? ''))
}

/** The run whose screen the page has come to, other than that one. */
async function runAfter(page: Page, before: RunId): Promise<RunId> {
  await page.waitForURL((url) => /\/runs\/\w{26}/.test(url.pathname) && !url.pathname.includes(before))
  return RunId.parse(/\/runs\/(\w{26})/.exec(page.url())?.[1])
}

/** The run once it waits to be armed at that step. */
function waitsAt(client: Client, run: RunId, step: string): Promise<unknown> {
  return entryOf(client, run, ({ events }) =>
    events.some((event) => event.type === 'decision_opened' && event.decision.kind === 'arm' && event.decision.step === step),
  )
}

test('the example is replayed with an edited text: asked anew, and sent once more only when it is armed', { timeout: 240_000 }, async () => {
  const workspace = await exampleWorkspace()
  const { page, client, at } = await openConsole(workspace)
  page.setDefaultTimeout(60_000)
  const input = readJson(readFileSync(join(workspace, 'inputs', 'first-contact.json'), 'utf8'))
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('outreach'), input })
  const question = await asked(client, run)
  await client.api.decisions.decide({ run, decision: question.decision.id, action: 'approve' })
  await ended(client, run)
  expect(await lettersTo(client)).toHaveLength(1)
  const finalised = await momentOf(client, run, 'finalise')

  // Told at the moment that is looked at, before anything is done.
  await page.goto(at(`/runs/${run}?checkpoint=${finalised}`))
  const screen = new RunPage(page)
  const part = new ReplayPart(page)
  await screen.past().waitFor()
  await page.keyboard.press('Shift+R')
  await part.group('Waits to be armed').getByText('A mail, by “Send”').waitFor()
  await part.group('Waits to be armed').getByText(/did it at .*: armed, it happens once more/).waitFor()
  await part.group('Asked anew').getByText('A person decides').waitFor()
  await part.group('Taken over, not run again').getByText('Director routes the task').waitFor()
  await expect.poll(() => part.reason().inputValue()).toBe(`Once more from checkpoint ${finalised}`)

  // Another text: what is different is shown, and what it leads to is told anew.
  await part.value('finalise').click()
  await part.moment.getByRole('tab', { name: 'JSON' }).click()
  const value = objectIn(await part.json('finalise').inputValue())
  await part.json('finalise').fill(JSON.stringify({ ...value, body: 'Dear Ana,\n\nthis is the second letter.' }, null, 2))
  await part.edit().locator('ins', { hasText: 'this is the second letter.' }).waitFor()
  await expect.poll(() => part.reason().inputValue()).toMatch(/^With finalise(, iteration \d+)? edited$/)
  await part.value('finalise').getByText('edited').waitFor()
  await expectAccessible(page)

  // One press; the new run is marked, and asks the person anew.
  await part.button().click()
  const replay = await runAfter(page, run)
  await screen.told(/^Replayed as/).waitFor()
  await part.origin().waitFor()
  await expect.poll(() => page.title()).toMatch(/^Replay: outreach/)
  await screen.says(/“A person decides” asks for a decision/).waitFor()
  await page.getByRole('link', { name: 'Decide' }).first().click()
  const attention = new AttentionPage(page)
  await attention.title(/^A person decides/).waitFor()
  await attention.answer('Approve').click()
  await attention.told(/^Approved/).waitFor()
  await waitsAt(client, replay, 'send')
  expect(await lettersTo(client)).toHaveLength(1)

  // Armed by a person, once, with what it does said twice before.
  await page.goto(at(`/runs/${replay}`))
  await new GraphPart(page).step(/^Send \(send\), e-mail, to be armed/).waitFor({ state: 'attached' })
  await part.toBeArmed('Send').click()
  await attention.item.getByText(/A mail to .*ana\.lima@example\.com/).first().waitFor()
  await attention.item.getByText(/^The run that is replayed did it at .*: armed, it happens once more/).first().waitFor()
  await expectAccessible(page)
  await attention.answer('Arm it').click()
  const last = attention.question('Arm it')
  await last.getByText('This leaves the house').waitFor()
  await last.getByText(/^The run that is replayed did it at /).waitFor()
  await expect.poll(() => last.getByRole('textbox').inputValue()).toBe('It is meant to happen in this replay')
  await last.getByRole('button', { name: 'Arm it' }).click()
  await attention.told(/The mail was sent.*The run completed/s).waitFor()
  const letters = await lettersTo(client)
  expect(letters).toHaveLength(2)
  expect(letters.filter((text) => text.includes('this is the second letter.'))).toHaveLength(1)

  // From the one to the other, both ways.
  await page.goto(at(`/runs/${replay}`))
  await part.origin().click()
  await screen.past().waitFor()
  await page.keyboard.press('Shift+R')
  await part.replays().getByText(/finalise(, iteration \d+)? edited/).waitFor()
  await part.replays().getByText('Completed').waitFor()
})

/** An object that is read as JSON. */
function objectIn(text: string): object {
  const value = readJson(text)
  if (value === null || typeof value !== 'object') throw new Error('this is no object')
  return value
}

test('a run is scrubbed back, compared, restored and replayed, and its mail is sent again by neither', { timeout: 120_000 }, async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await sentLetter(client)
  const drafted = await momentOf(client, run, 'draft')
  const sent = await momentOf(client, run, 'send')
  expect(await lettersTo(client)).toHaveLength(1)
  const screen = new RunPage(page)
  const restore = new RestorePart(page)
  const part = new ReplayPart(page)

  await page.goto(at(`/runs/${run}`))
  await screen.says('Completed: nothing is left to do.').waitFor()
  await screen.timeline.getByText('5 checkpoints').waitFor()
  await screen.checkpoint().focus()
  await page.keyboard.press('Home')
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuenow')).toBe('0')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuenow')).toBe('1')
  await page.keyboard.press('v')
  await screen.panel.getByRole('spinbutton', { name: 'Checkpoint to compare with' }).fill(String(sent))
  await restore.difference('send').first().waitFor()
  await page.keyboard.press('Escape')

  // Restored before the mail it would be sent again: that is asked for, and here it is not wanted.
  await page.goto(at(`/runs/${run}?checkpoint=${drafted}&tab=restore`))
  await restore.button().click()
  await restore.question().getByText(/It already happened/).waitFor()
  await restore.question().getByRole('button', { name: 'Not yet' }).click()
  expect(await lettersTo(client)).toHaveLength(1)

  // Restored after it, nothing is sent; both branches are there.
  await page.goto(at(`/runs/${run}?checkpoint=${sent}&tab=restore`))
  await restore.button().click()
  await screen.told(`Restored checkpoint ${sent}`).waitFor()
  await page.keyboard.press('b')
  await restore.branch('branch 1').waitFor()
  await restore.branch('main').waitFor()

  await page.goto(at(`/runs/${run}?checkpoint=${drafted}&tab=replay`))
  await part.group('Runs').getByText('check').waitFor()
  await part.button().click()
  const replay = await runAfter(page, run)
  await waitsAt(client, replay, 'send')
  await part.toBeArmed('send').waitFor()
  expect(await lettersTo(client)).toHaveLength(1)

  // Marked in the lists and found by what it is a replay of.
  await page.goto(at(`/runs?query=${encodeURIComponent(`replay:${run}`)}`))
  const runs = new RunsPage(page)
  await runs.hasRows(1)
  await runs.cell(runs.row(1), 'workflow').getByText('replay').waitFor()
  await expectAccessible(page)
  await page.goto(at('/attention'))
  await new AttentionPage(page).row('To be armed').getByText('replay').waitFor()
  await page.goto(at('/'))
  await page.getByText('To be armed').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search runs/ }).fill(replay)
  await page.getByRole('option', { name: /^letter \w+, replay/ }).waitFor()
})

test('an edit is held against its schema at the field, outlives a reload, and a refused one begins nothing', { timeout: 120_000 }, async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await sentLetter(client)
  const checked = await momentOf(client, run, 'check')
  await page.goto(at(`/runs/${run}?checkpoint=${checked}&tab=replay`))
  const part = new ReplayPart(page)
  const body = part.moment.getByRole('textbox', { name: /^Body/ })
  await part.value('draft').click()
  await body.fill('x')
  await part.moment.getByText('must have 2 characters at least').waitFor()
  await expect.poll(() => part.button().getAttribute('aria-disabled')).toBe('true')
  await part.value('draft').getByText('does not fit').waitFor()
  // What only the workflow itself can tell stands at the field as well.
  await body.fill('how rude')
  await part.moment.getByText('The workflow refuses it as it is edited').waitFor()
  await part.moment.getByRole('group', { name: 'draft' }).getByText('is rude').waitFor()
  await expect.poll(() => part.button().getAttribute('aria-disabled')).toBe('true')
  expect((await client.api.runs.list({})).runs).toHaveLength(1)
  await body.fill('Dear Eve')
  await part.edit().locator('ins', { hasText: 'Dear Eve' }).waitFor()
  await part.group('Runs').getByText('it goes by what is edited').waitFor()

  // With another input beside it everything runs again, but for what is written.
  await part.value('input').click()
  await part.moment.getByRole('textbox', { name: /^To/ }).fill('eve@example.com')
  await part.moment.getByText('With another input every step runs again').waitFor()
  await part.group('Runs').getByText('pin').waitFor()
  await part.group('Taken over, not run again').getByText('draft').waitFor()
  await expect.poll(() => part.reason().inputValue()).toBe('With another input, and with draft edited')
  await part.moment.getByRole('button', { name: 'Take the edit of input back' }).click()

  // What is written stays over a reload, but for what its author marked as sensitive.
  await part.value('pin').click()
  await part.moment.getByRole('button', { name: /^Write another/ }).click()
  await part.moment.getByRole('textbox', { name: /^Pin/ }).fill('1234')
  await expect.poll(() => part.reason().inputValue()).toBe('With draft and pin edited')
  await part.reason().fill('for Eve')
  await page.reload()
  await expect.poll(() => body.inputValue()).toBe('Dear Eve')
  expect(await part.reason().inputValue()).toBe('for Eve')
  expect(await part.value('pin').innerText()).toContain('set at checkpoint')

  // At a moment before the step it is left out, and that is said.
  await page.goto(at(`/runs/${run}?checkpoint=0&tab=replay`))
  await part.moment.getByText('Not edited from here: draft').waitFor()
  await page.goto(at(`/runs/${run}?checkpoint=${checked}&tab=replay`))
  await part.edit().getByText('Dear Eve').waitFor()

  // By keyboard alone; what was edited is shown beside what it was.
  await expect.poll(() => part.button().getAttribute('aria-disabled')).not.toBe('true')
  await part.reason().press('Control+Enter')
  const replay = await runAfter(page, run)
  await waitsAt(client, replay, 'send')
  const { record } = await client.api.runs.get({ run: replay })
  expect(record.origin).toEqual({ run, checkpoint: checked, edited: ['output/draft/1'] })
  const screen = new RunPage(page)
  await screen.panel.getByRole('button', { name: /^draft\s*edited/ }).click()
  await screen.panel.locator('ins', { hasText: 'Dear Eve' }).waitFor()
  await screen.tab('State').click()
  await screen.panel.getByText('edited for the replay').waitFor()
  await expectAccessible(page)
})

test('a replay is replayed while it waits, with another input, and a narrow window has room for it', { timeout: 120_000 }, async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files), { viewport: { width: 700, height: 900 } })
  const run = await sentLetter(client)
  const { id: first } = await client.api.runs.replay({ run, checkpoint: await momentOf(client, run, 'draft') })
  await waitsAt(client, first, 'send')
  await page.goto(at(`/runs/${first}?checkpoint=0&tab=replay`))
  const part = new ReplayPart(page)
  const keys = new Keys(page)
  await part.value('input').press('Enter')
  await part.moment.getByRole('textbox', { name: /^To/ }).fill('nobody')
  await part.moment.getByText(/must be an e-mail address/).first().waitFor()
  await part.moment.getByRole('textbox', { name: /^To/ }).fill('eve@example.com')
  await part.edit().locator('ins', { hasText: 'eve@example.com' }).waitFor()
  await part.group('Taken over, not run again').getByText('Nothing: it begins with the input.').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await expectAccessible(page)
  await keys.press('Control+Enter')
  const second = await runAfter(page, first)
  await waitsAt(client, second, 'send')
  const { record } = await client.api.runs.get({ run: second })
  expect(record.origin).toMatchObject({ run: first, checkpoint: 0, edited: ['input'] })
  await part.origin().waitFor()
  expect(await lettersTo(client)).toHaveLength(1)
})

const invoice = `import { workflow, z } from 'cairn'

export default workflow('invoice', { version: 1, input: z.object({ amount: z.string() }) })
  .step('read', ({ input }) => ({ amount: input.amount }))
  .step('sum', { needs: ['read'], retry: { attempts: 1 } }, () => { throw new Error('12,50 is no number') })
`

const mended = (migration: string): string => `import { workflow, z } from 'cairn'

export default workflow('invoice', { version: 2, input: z.object({ amount: z.string(), currency: z.string().min(3) }) })
  .step('read', ({ input }) => ({ amount: input.amount }))
  .step('round', { needs: ['read'] }, () => 'up')
  .step('sum', { needs: ['read', 'round'] }, ({ input, outputs }) => Number(outputs.read.amount.replace(',', '.')) + ' ' + input.currency)
  ${migration}
`

test('a failed run is replayed with the code as it was mended, told what that changes, and edited on top of it', { timeout: 120_000 }, async () => {
  const workspace = await workspaceOf({ 'workflows/invoice.ts': invoice })
  const { page, client, at } = await openConsole(workspace)
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('invoice'), input: { amount: '12,50' } })
  await ended(client, run)
  const read = await momentOf(client, run, 'read')
  await page.goto(at(`/runs/${run}?checkpoint=${read}&tab=replay`))
  const part = new ReplayPart(page)
  await part.group('Runs').getByText('sum').waitFor()
  expect(await part.definition().count()).toBe(0)

  // As it is, it fails once more; that one is marked among the errors, and where they need somebody.
  const { id: again } = await client.api.runs.replay({ run, checkpoint: read })
  await ended(client, again)
  await page.goto(at('/errors'))
  await page.getByRole('region', { name: 'Errors, like ones together' }).getByRole('link', { name: /12,50 is no number/ }).click()
  const errors = page.getByRole('region', { name: 'The chosen errors' })
  await errors.getByRole('button', { name: new RegExp(`run ${again.slice(-8)} replay`) }).waitFor()
  expect(await errors.getByRole('button', { name: new RegExp(`run ${run.slice(-8)} replay`) }).count()).toBe(0)
  await page.goto(at('/attention'))
  await page.getByRole('link', { name: new RegExp(`^${again.slice(-8)} replay`) }).waitFor()
  await page.goto(at(`/runs/${run}?checkpoint=${read}&tab=replay`))

  // What is missing for it is named, with both versions, and mended while the page stays.
  const file = join(workspace, 'workflows', 'invoice.ts')
  writeFileSync(file, mended(''))
  await part.definition().selectOption('as it is now: version 2', { timeout: 20_000 })
  await part.moment.getByText('the state is of version 1, the workflow of version 2').first().waitFor()
  await part.moment.getByText('write .migrate(1, …) in workflows/invoice.ts').waitFor()
  expect(await part.button().getAttribute('aria-disabled')).toBe('true')
  writeFileSync(file, mended(`.migrate(1, ({ input, ...rest }) => ({ ...rest, input: { ...input, currency: 'EUR' } }))`))
  const migrated = part.group('From version 1 to version 2')
  await migrated.getByRole('listitem').filter({ hasText: 'steps that are new' }).getByText('round').waitFor({ timeout: 20_000 })
  await migrated.getByRole('listitem').filter({ hasText: 'values that change' }).getByText('input').waitFor()
  await part.group('Runs').getByText('it is new in this definition').waitFor()
  await expect.poll(() => part.reason().inputValue()).toBe('With the definition as it is now')

  // An edit begins with what the migration made, by the form of the present definition.
  await part.value('input').click()
  const currency = part.moment.getByRole('textbox', { name: /^Currency/ })
  expect(await currency.inputValue()).toBe('EUR')
  await currency.fill('CHF')
  await part.value('read').click()
  await part.json('read').fill('{ "amount": "13,50" }')
  await part.group('Taken over, not run again').getByText('read').waitFor()
  await expect.poll(() => part.button().getAttribute('aria-disabled')).not.toBe('true')
  await expectAccessible(page)

  await part.button().click()
  const replay = await runAfter(page, run)
  await ended(client, replay)
  const { record } = await client.api.runs.get({ run: replay })
  expect(record).toMatchObject({ status: 'completed', workflowVersion: 2, origin: { edited: ['input', 'output/read/1'], pinned: { workflowVersion: 1 } } })
  expect((await client.api.runs.state({ run: replay })).outputs).toMatchObject({ sum: [{ output: '13.5 CHF' }] })
  await page.locator('main > header').getByText('another definition').waitFor()
  await new RunPage(page).panel.getByText('the run that it replays went by version 1 there').waitFor()
  expect((await client.api.runs.get({ run })).record).toMatchObject({ status: 'failed', workflowVersion: 1 })
})

test('while the host is away nothing can be begun, and it can once it is back', { timeout: 120_000 }, async () => {
  const workspace = await workspaceOf(files)
  const { page, client, host, at, tolerate } = await openConsole(workspace)
  const run = await sentLetter(client)
  const drafted = await momentOf(client, run, 'draft')
  await page.goto(at(`/runs/${run}?checkpoint=${drafted}&tab=replay`))
  const part = new ReplayPart(page)
  await part.value('draft').click()
  await part.moment.getByRole('textbox', { name: /^Body/ }).fill('Dear Eve')
  await part.edit().locator('ins', { hasText: 'Dear Eve' }).waitFor()
  tolerate(...hostAway)
  await host.close()
  await expect.poll(() => part.button().getAttribute('aria-disabled')).toBe('true')
  const { client: again } = await hostOf(workspace, { port: Number(new URL(at('/')).port) })
  expect(await part.moment.getByRole('textbox', { name: /^Body/ }).inputValue()).toBe('Dear Eve')
  await part.button().click()
  const replay = await runAfter(page, run)
  expect((await again.api.runs.get({ run: replay })).record.origin).toEqual({ run, checkpoint: drafted, edited: ['output/draft/1'] })
})
