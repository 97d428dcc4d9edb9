/**
 * The whole way of an e-mail, as one person goes it: started from the form, watched, a reload and a restart of the host
 * in the middle, approved with an edit, and read where it was sent.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { userName } from '../../src/host/user-name.ts'
import { RunId, StepId } from '../../src/model/ids.ts'
import { exampleWorkspace, hostOf } from '../integration/workspaces.ts'
import { hostAway, openConsole, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { GraphPart } from './pages/graph-part.ts'
import { MailPage } from './pages/mail-page.ts'
import { RunPage } from './pages/run-page.ts'
import { StartPage } from './pages/start-page.ts'

withBrowser()

/** Long enough, and clumsy enough, that the reviewers send the first draft back. */
const points = [
  'in order to utilize our reports you do not need any new machines, and the software reads the numbers that you collect in your warehouse, so your team can basically start on the first day of the pilot',
  'the pilot takes four weeks and it is free, because we want you to see the reports with your own stock before you decide',
  'three companies of your size finished the pilot this year, and they really recieve there stock reports every morning',
]

test('an e-mail is started from the form, watched, approved with an edit, and read', { timeout: 400_000 }, async () => {
  const workspace = await exampleWorkspace()
  const { page, host, at, tolerate } = await openConsole(workspace)
  page.setDefaultTimeout(120_000)
  await page.getByRole('link', { name: 'Workflows' }).click()
  await page.getByRole('link', { name: 'Start Outreach e-mail' }).click()
  const run = await startFromForm(page)

  // Watched: the first draft is written, and what is selected stays so over a reload.
  const screen = new RunPage(page)
  const graph = new GraphPart(page)
  await graph.step(/^Director routes the task \(route\), code, completed/).waitFor({ state: 'attached' })
  await screen.row('Communications drafts').click()
  await screen.panel.getByRole('heading', { name: 'Communications drafts' }).waitFor()
  await page.reload()
  await screen.panel.getByRole('heading', { name: 'Communications drafts' }).waitFor()
  await expect.poll(() => graph.current()).toMatch(/^Communications drafts \(draft\), code/)

  // The host goes while the run is under way, and comes back; the page stays where it is, and the run goes on.
  tolerate(...hostAway)
  await host.close()
  await page.getByText('The host does not answer').waitFor()
  expect(await graph.current()).toMatch(/^Communications drafts \(draft\), code/)
  const { client } = await hostOf(workspace, { port: Number(new URL(at('/')).port) })
  await page.getByText('The host does not answer').waitFor({ state: 'hidden' })

  // The reviewers were not content: it was drafted again, and the loop is seen to have been taken.
  await screen.says(/^Waits for a person, .* so far.*: “A person decides” asks for a decision\.$/).waitFor()
  await graph.step(/^Communications drafts \(draft\), code, completed, iteration 2/).waitFor({ state: 'attached' })
  await screen.panel.getByLabel('iteration').selectOption('1')
  await expect.poll(() => page.url()).toContain('iteration=1')
  await screen.tab('Attempts').click()
  expect(await screen.panel.getByRole('listitem').count()).toBeGreaterThan(1)

  // Decided: with the words that the person would rather have, and why.
  await page.getByRole('link', { name: 'Decide' }).click()
  const attention = new AttentionPage(page)
  await attention.title(/^A person decides/).waitFor()
  const before = await attention.editor('finalise.body').inputValue()
  const body = `${before.trimEnd()}\nPS: the pilot is free.`
  await attention.editor('finalise.body').fill(body)
  await attention.edit().locator('ins', { hasText: 'PS: the pilot is free.' }).waitFor()
  await attention.note().fill('with a word on the price')
  await attention.answer('Approve with 1 edit').click()
  const question = attention.question('Approve with 1 edit')
  await question.getByText('This leaves the house').waitFor()
  await question.getByRole('button', { name: 'Approve with 1 edit' }).click()
  await attention.told(/Approved.*The mail was sent.*The run completed/s).waitFor()

  // Read: where all mail is, and at the step that sent it.
  await page.getByRole('link', { name: 'Mail', exact: true }).click()
  const mail = new MailPage(page)
  await mail.row('ana.lima@example.com').click()
  await mail.shown().getByText('PS: the pilot is free.').waitFor()
  await mail.reader.getByRole('link', { name: 'send', exact: true }).click()
  await screen.says('Completed: nothing is left to do.').waitFor()
  await graph.step(/^Send \(send\), e-mail, completed/).waitFor({ state: 'attached' })
  await screen.tab('Mail').click()
  await screen.panel.getByText('PS: the pilot is free.').waitFor()

  // What the console showed is what the store holds.
  const { record } = await client.api.runs.get({ run })
  expect(record.status).toBe('completed')
  const [decided] = (await client.api.decisions.list({ run })).decisions
  expect(decided?.decision).toMatchObject({
    status: 'edited',
    action: 'approve',
    note: 'with a word on the price',
    actor: { kind: 'person', name: userName() },
    edits: { target: { step: 'finalise', path: ['body'] } },
  })
  const state = await client.api.runs.state({ run })
  expect(state.outputs[StepId.parse('finalise')]?.at(-1)).toMatchObject({ output: { body } })
  const [sent] = (await client.api.mail.list({ run })).mail
  const letter = await client.api.mail.get({ id: sent?.id ?? '' })
  expect(letter.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(body)
  expect(letter.sentBy).toMatchObject({ run, step: 'send' })
})

/** Fills in what the form asks for, and starts the run. */
async function startFromForm(page: Page): Promise<RunId> {
  const form = new StartPage(page)
  await page.getByRole('combobox', { name: /^Task/ }).selectOption('introduction')
  await page.getByRole('combobox', { name: /^Audience/ }).selectOption('prospect')
  for (const [role, name, email] of [
    ['Recipient', 'Ana Lima', 'ana.lima@example.com'],
    ['Sender', 'Jo Reed', 'jo.reed@northwind.example'],
  ] as const) {
    await form.group(role).getByRole('textbox', { name: /^Name/ }).fill(name)
    await form.group(role).getByRole('textbox', { name: /^E-mail address/ }).fill(email)
  }
  // Tried before it is whole, it says what is missing, and leads there.
  await page.getByRole('button', { name: 'Start the run' }).click()
  await page.getByRole('alert').getByRole('link', { name: 'Subject' }).click()
  await page.keyboard.type('a pilot for your stock reports')
  for (const [index, point] of points.entries()) {
    if (index > 0) await page.getByRole('button', { name: 'Add to key points' }).click()
    await form.group('Key points').getByRole('textbox').nth(index).fill(point)
  }
  await form.field('Request').fill('tell me which week suits you for a first call')
  await page.getByRole('alert').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Start the run' }).click()
  await form.isAtRun()
  return RunId.parse(new URL(page.url()).pathname.split('/').at(-1))
}
