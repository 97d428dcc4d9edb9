/** Decisions as a person meets them: read, edited, answered, and what became of the answer. */
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { MailPage } from './pages/mail-page.ts'

withBrowser()

const letters = `
import { workflow, z } from 'cairn'
const Letter = z.object({ subject: z.string(), body: z.string().min(10) })
export default workflow('letters', { version: 1, input: z.object({ to: z.string() }) })
  .step('letter', { output: Letter }, () => ({ subject: 'Autumn offer', body: 'Dear Dana,\\n\\nour offer starts on Monday, and it is really very good.\\n\\nYours' }))
  .approval('approve', {
    title: 'Approve the letter', needs: ['letter'], edits: 'letter.body', deadline: '24h',
    shows: ({ input, outputs }) => ({ to: input.to, subject: outputs.letter.subject, body: outputs.letter.body, quality: 86, scores: { grammar: 94, clarity: 79 } }),
    actions: { primary: 'approve', secondary: ['revise', 'reject'] },
    next: { to: ['letter'], max: 3, choose: ({ action }) => (action === 'revise' ? 'letter' : undefined) },
  })
  .email('send', { title: 'Send', needs: ['approve'] }, ({ input, outputs }) => ({
    from: 'jo@northwind.example', to: input.to, subject: outputs.letter.subject, text: outputs.letter.body,
    html: '<p style="color: teal">Dear <b>Dana</b></p><img src="http://127.0.0.1:9/pixel.png"><script>alert(1)</script>',
  }))
`

const quotes = `
import { workflow, z } from 'cairn'
const Lines = z.array(z.object({ item: z.string(), cents: z.int().min(1) }))
export default workflow('quotes', { version: 1, input: z.object({}) })
  .step('quote', { output: z.object({ lines: Lines }) }, () => ({ lines: [{ item: 'Reports', cents: 900 }] }))
  .approval('check', { needs: ['quote'], edits: 'quote.lines', shows: ({ outputs }) => outputs.quote, actions: { primary: 'approve', secondary: ['reject'] } })
  .step('book', { needs: ['check'] }, ({ outputs }) => outputs.quote.lines)
`

const failing = `
import { workflow, z } from 'cairn'
export default workflow('release', { version: 1, input: z.object({ build: z.number() }) })
  .step('deploy', { retry: { attempts: 1 } }, ({ input }) => { throw new Error('connection refused, build ' + input.build) })
`

const start = async ({ api }: Client, workflow: string, input: object) =>
  api.runs.start({ workflow: WorkflowName.parse(workflow), input: { ...input } })

async function openAttention(files: Readonly<Record<string, string>>, start: (client: Client) => Promise<unknown>) {
  const opened = await openConsole(await workspaceOf(files), { path: '/attention' })
  await start(opened.client)
  return { ...opened, attention: new AttentionPage(opened.page) }
}

test('a letter is approved with an edit, by keyboard alone, and its mail is read where it was sent', async () => {
  const { page, attention, client } = await openAttention({ 'workflows/letters.ts': letters }, (to) =>
    start(to, 'letters', { to: 'dana@example.com' }),
  )
  await attention.row('Autumn offer').waitFor()
  await attention.title('Approve the letter: Autumn offer').waitFor()
  await attention.aside.getByText('Touches the outside world').waitFor()
  await attention.aside.getByText('dana@example.com').waitFor()
  await expectAccessible(page)

  await page.keyboard.press('e')
  await page.keyboard.press('Control+End')
  await page.keyboard.type(', Jo Reed')
  await attention.edit().getByText('Jo Reed').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  const question = attention.question('Approve with 1 edit')
  await question.getByText('This leaves the house').waitFor()
  await expectAccessible(page)
  await page.keyboard.type('off it goes')
  await page.keyboard.press('Enter')
  await attention.told(/Approved.*The mail was sent.*The run completed/s).waitFor()

  const [decision] = (await client.api.decisions.list({ run: (await client.api.runs.list({})).runs[0]?.id })).decisions
  expect(decision?.decision).toMatchObject({ status: 'edited', note: 'off it goes' })
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  const mail = new MailPage(page)
  await mail.row('Autumn offer').getByText('by send of letters').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await mail.shown().getByText('Yours, Jo Reed').waitFor()
  await expectAccessible(page)
  await mail.part('HTML').click()
  await mail.html().getByText('Dana').waitFor()
  await mail.reader.getByText('2 such parts were left out').waitFor()
  await mail.part('Headers').click()
  await mail.shown().getByText('message-id', { exact: false }).first().waitFor()
  await mail.reader.getByRole('link', { name: 'send', exact: true }).click()
  await page.waitForURL(/\/runs\/.*step=send/)
})

test('what somebody wrote outlives a reload, and what another decided is said without taking the page away', async () => {
  const { page, attention, client } = await openAttention({ 'workflows/letters.ts': letters }, (to) =>
    start(to, 'letters', { to: 'dana@example.com' }),
  )
  await attention.row('Autumn offer').click()
  await attention.note().fill('wait for Dana')
  await attention.editor('letter.body').fill('A letter that is another one')
  await page.reload()
  expect(await attention.note().inputValue()).toBe('wait for Dana')
  expect(await attention.editor('letter.body').inputValue()).toBe('A letter that is another one')

  const [open] = (await client.api.decisions.list({})).decisions
  if (open === undefined) throw new Error('the decision is open')
  const { run, decision } = open
  await client.api.decisions.decide({ run, decision: decision.id, action: 'reject', note: 'the offer is over', actor: 'Sam' })
  await attention.item.getByText('Decided by Sam: Reject').waitFor()
  await attention.item.getByText('the offer is over').first().waitFor()
  await attention.item.getByText('What you had written was not sent').waitFor()
  await attention.list.getByText('Nothing needs you').waitFor()
  await expectAccessible(page)
})

test('a decision that expires under whoever reads it says what became of it, and what was written is still to be read', async () => {
  const { page, attention } = await openAttention({ 'workflows/letters.ts': letters.replace("deadline: '24h'", "deadline: '20s'") }, (to) =>
    start(to, 'letters', { to: 'dana@example.com' }),
  )
  await attention.row('Autumn offer').click()
  await attention.editor('letter.body').fill('A letter that is another one')
  await attention.answer('Reject').click()
  await attention.question('Reject').getByRole('textbox', { name: 'Why' }).fill('too late for it')
  await attention.item.getByText('Nobody answered before the deadline').waitFor({ timeout: 60_000 })
  await attention.item.getByText('Nothing was approved. “Approve the letter” failed.').waitFor()
  await attention.question('Reject').waitFor({ state: 'hidden' })
  await attention.item.getByText('A letter that is another one').waitFor()
  await attention.item.getByText('too late for it').waitFor()
  expect(await attention.answer(/./).count()).toBe(0)
  expect(await attention.note().count()).toBe(0)
  await expectAccessible(page)
})

test('a value is edited as JSON, held against its schema, and rejecting asks for a reason', async () => {
  const { page, attention, client } = await openAttention({ 'workflows/quotes.ts': quotes }, (to) => start(to, 'quotes', {}))
  await attention.row('quotes').waitFor()
  const editor = attention.editor('quote.lines')
  await editor.fill('[\n  { "item": "Reports", cents: 1 }\n]')
  await attention.item.getByText(/^Line 2, column/).waitFor()
  expect(await attention.answer('Approve').getAttribute('aria-disabled')).toBe('true')
  await editor.fill('[{ "item": "Reports", "cents": 0 }]')
  await attention.item.getByText('0.cents').first().waitFor()
  await expectAccessible(page)
  await editor.fill('[{ "item": "Reports", "cents": 950 }]')
  await attention.answer('Approve with 1 edit').waitFor()
  await attention.edit().getByText('950').waitFor()

  await attention.answer('Reject').click()
  const question = attention.question('Reject')
  await question.getByText('The run ends as cancelled').waitFor()
  await question.getByText('Your edit does not go along').waitFor()
  await question.getByRole('textbox', { name: 'Why' }).fill('too dear')
  await page.keyboard.press('Enter')
  await attention.told(/Rejected.*cancelled/s).waitFor()
  const [run] = (await client.api.runs.list({})).runs
  expect(run?.status).toBe('cancelled')
})

test('failures that are alike are one item, and a file that is refused says where and what to do', async () => {
  const { page, attention } = await openAttention(
    { 'workflows/release.ts': failing, 'workflows/broken.ts': 'export default workflow(' },
    (client) => Promise.all([1, 2, 3].map((build) => start(client, 'release', { build }))),
  )
  await attention.row('3 runs alike').click()
  await attention.title('release: deploy failed in 3 runs').waitFor()
  await attention.item.getByText(/connection refused, build/).first().waitFor()
  await expectAccessible(page)
  await page.keyboard.press('j')
  await attention.title('workflows/broken.ts cannot be loaded').waitFor()
  await attention.item.getByText(/correct the line/).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('k')
  await attention.title(/failed in 3 runs/).waitFor()
})

test('a narrow window shows the list, then what was opened of it, and goes back', async () => {
  const { page, attention } = await openAttention({ 'workflows/letters.ts': letters }, (to) => start(to, 'letters', { to: 'dana@example.com' }))
  await page.setViewportSize({ width: 700, height: 800 })
  await attention.row('Autumn offer').click()
  await attention.list.waitFor({ state: 'hidden' })
  await attention.title(/Approve the letter/).waitFor()
  await expectAccessible(page)
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await page.keyboard.press('Escape')
  await attention.row('Autumn offer').waitFor()
  await attention.item.waitFor({ state: 'hidden' })
})
