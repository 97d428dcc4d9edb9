/** What others wrote, shown to a person: nothing of it runs, nothing of it leaves this machine, and the page stays whole. */
import { readFileSync, rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { starterWorkspace, workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { type Console, hostAway, openConsole, openScreen, withBrowser } from './console.ts'
import { asking, disguised, failing, formed, inherited, nasty } from './hostile-workflows.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { MailPage } from './pages/mail-page.ts'

withBrowser()

const beginning = nasty.slice(0, 60)

async function start({ api }: Client, workflow: string, input = {}) {
  const { id } = await api.runs.start({ workflow: WorkflowName.parse(workflow), input, actor: nasty.slice(0, 200), correlation: nasty.slice(0, 200) })
  return id
}

/** The console over hostile workflows, and what the browser asked for that was not this host's. */
async function openHostile(path: string): Promise<Console & { readonly asked: readonly string[] }> {
  const workspace = await workspaceOf({
    'workflows/asking.ts': asking,
    'workflows/disguised.ts': disguised,
    'workflows/failing.ts': failing,
    'workflows/formed.ts': formed,
    'workflows/constructor.ts': inherited,
    'workflows/<img src=x onerror=owned=1>.ts': 'export default workflow(',
  })
  const opened = await openConsole(workspace, { path })
  const asked: string[] = []
  const own = new URL(opened.at('/'))
  opened.page.context().on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (host !== own.host && !['data:', 'blob:', 'about:'].includes(protocol)) asked.push(request.url())
  })
  return { ...opened, asked }
}

const failed = (page: Page) => page.getByRole('heading', { name: 'This screen failed', level: 1 })

async function expectHarmless(page: Page, asked: readonly string[]): Promise<void> {
  expect(await page.evaluate('window.owned'), 'something ran').toBeUndefined()
  expect(await page.evaluate('Object.prototype.owned'), 'a prototype was changed').toBeUndefined()
  expect(asked, 'something left the machine').toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${page.url()} is too wide`).toBe(true)
}

test('words that are markup stay words on every screen', async () => {
  const { page, at, client, asked } = await openHostile('/workflows')
  const asks = await start(client, 'asking', { text: nasty })
  const fails = await start(client, 'failing')
  const inherits = await start(client, 'constructor', { valueOf: 'x' })
  for (const [path, text] of [
    ['/', beginning],
    ['/runs', 'constructor'],
    [`/runs/${asks}`, beginning],
    [`/runs/${asks}?step=write`, beginning],
    [`/runs/${asks}?tab=state`, 'set at checkpoint'],
    [`/runs/${asks}?tab=changes`, 'Changes'],
    [`/runs/${asks}?tab=logs`, beginning],
    [`/runs/${asks}?tab=journal`, 'ask'],
    [`/runs/${fails}?step=break`, beginning],
    [`/runs/${fails}?tab=errors`, beginning],
    [`/runs/${inherits}`, 'valueof'],
    [`/runs/${inherits}?step=valueof`, 'toString'],
    ['/attention', beginning],
    ['/workflows', beginning],
    ['/workflows/asking', beginning],
    ['/workflows/formed?tab=schema', beginning],
    ['/workflows/formed/start', beginning],
    ['/workflows/formed?tab=revisions', beginning],
    ['/workflows/constructor', 'valueof'],
    ['/workflows/constructor/start', 'Value of'],
    ['/workflows/constructor?tab=health', 'constructor'],
  ] as const) {
    await page.goto(at(path))
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText(text).first().waitFor({ state: 'attached' })
    expect(await failed(page).count(), path).toBe(0)
    await expectHarmless(page, asked)
  }
  await page.goto(at(`/runs/${asks}`))
  await page.locator('.graph-node').first().waitFor()
  await page.goto(at('/workflows/constructor'))
  await page.locator('.graph-node').first().waitFor()
})

test('an answer of any name is told in words, and a mail made to reach out reaches nothing', async () => {
  const { page, at, tolerate, client, asked } = await openHostile('/attention')
  await start(client, 'asking', { text: 'x' })
  const attention = new AttentionPage(page)
  await attention.row('asking').click()
  await attention.answer('Constructor').click()
  await attention.question('Constructor').getByRole('button', { name: /Constructor/ }).click()
  await attention.told('Answered “Constructor”').waitFor()
  await page.goto(at('/mail'))
  const mail = new MailPage(page)
  await mail.list.getByRole('link').first().click()
  tolerate('Content Security Policy')
  for (const part of ['Headers', 'Source', 'Text', 'HTML'] as const) {
    await mail.part(part).click()
    await expectHarmless(page, asked)
  }
  await mail.html().getByText('cell').waitFor()
  // No script runs in the frame, so the link is pressed where it stands.
  const link = await mail.html().getByText('a link').boundingBox()
  if (link === null) throw new Error('the link is there to be pressed')
  await page.mouse.click(link.x + 2, link.y + 2)
  await expectHarmless(page, asked)
  expect(page.url()).toContain(at('/mail'))
})

test('a screen that fails says so in its place, and there are ways on', async () => {
  const { page, at, tolerate } = await openHostile('/')
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  tolerate('Failed to load resource', 'dynamically imported module', 'Failed to fetch')
  // A part of a build that is gone, as after an update under an open tab.
  await page.route(/assets\/mail-screen-[^/]*\.js$/, (route) => route.fulfill({ status: 404 }))
  await page.goto(at('/mail'))
  await failed(page).waitFor()
  await page.getByRole('navigation', { name: 'Console' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Go to the overview' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await page.goBack()
  await failed(page).waitFor()
  await page.unroute(/assets\/mail-screen-[^/]*\.js$/)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Mail', level: 1 }).waitFor()
})

test('an address that is nonsense leads to a screen, whichever it is', async () => {
  const { page, at, client, asked } = await openHostile('/')
  const run = await start(client, 'failing')
  const junk = ['%00', '%7B%22__proto__%22:1%7D', '-1', '99999999999999999999', encodeURIComponent(`' OR 1=1 -- status:(`), encodeURIComponent(nasty.slice(0, 1_000))]
  const addresses = junk.flatMap((value) => [
    `/?range=${value}&workflow=${value}`,
    `/runs?query=${value}&sort=${value}&view=${value}`,
    `/runs/${run}?step=${value}&iteration=${value}&attempt=${value}&checkpoint=${value}&tab=${value}`,
    `/attention?decision=${value}&item=${value}`,
    `/workflows/failing?tab=${value}&step=${value}&revision=${value}&against=${value}`,
    `/workflows/failing/start?way=${value}&from=${value}`,
    `/mail?id=${value}`,
  ])
  const paths = ['%', '%00', '<script>', '__proto__', 'x'.repeat(2_000)]
  addresses.push(...paths.flatMap((name) => [`/runs/${name}`, `/workflows/${name}`, `/workflows/${name}/start`, `/${name}`]))
  for (const address of addresses) {
    await page.goto(at(address))
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await failed(page).count(), address).toBe(0)
    await expectHarmless(page, asked)
  }
}, 240_000)

test('a host that has made itself another token is told from one that is away, and asks for it', async () => {
  const workspace = await starterWorkspace()
  const { page, host, at, tolerate } = await openConsole(workspace, { path: '/runs' })
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
  tolerate(...hostAway, '401 (Unauthorized)')
  const port = Number(new URL(at('/')).port)
  await host.close()
  rmSync(host.tokenFile)
  const again = await openConsole(workspace, { port })
  await page.getByText('The host wants another token').waitFor()
  await page.getByRole('button', { name: 'Give its token' }).click()
  await page.getByLabel('Token').fill(readFileSync(again.host.tokenFile, 'utf8'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
  await page.getByText('The host wants another token').waitFor({ state: 'hidden' })
  const kept = await page.evaluate('JSON.stringify([location.href, document.referrer, history.state, { ...localStorage }, document.cookie])')
  expect(kept).not.toContain(readFileSync(again.host.tokenFile, 'utf8').trim())
})

test('a decision is made once, however often and from however many windows it is pressed', async () => {
  const { page, client, host } = await openHostile('/attention')
  const run = await start(client, 'asking', { text: 'x' })
  const other = await openScreen(host, { path: '/attention' })
  const windows = [new AttentionPage(page), new AttentionPage(other.page)] as const
  for (const { item } of windows) await item.getByRole('textbox', { name: /^Note/ }).fill('mine')
  const [first, second] = windows
  await second.answer('To string').click()
  await first.answer('Constructor').click()
  await first.question('Constructor').getByRole('button', { name: /Constructor/ }).dblclick()
  await first.told('Answered “Constructor”').waitFor()
  await second.item.getByText('What you had written was not sent').waitFor()
  const { decisions } = await client.api.decisions.list({ run })
  expect(decisions.map(({ decision }) => [decision.status, decision.action, decision.note])).toEqual([['approved', 'constructor', 'mine']])
})

test('what nobody would see is marked wherever a person decides by it, and turns nothing that stands beside it', async () => {
  const { page, at, client } = await openHostile('/attention')
  await start(client, 'disguised')
  const attention = new AttentionPage(page)
  await attention.row('disguised').click()
  await attention.title(/pay right-to-left override, U\+202E\s*gnp\.exe/).waitFor()
  await attention.list.getByText('pay ‹U+202E›gnp.exe').waitFor()
  const shown = attention.item.getByRole('region', { name: 'What is shown' })
  for (const text of ['pay ‹U+202E›gnp.exe', 'billing‹U+200B›@bank.example', 'transfer ‹U+2066›0‹U+2069›1000', 'می‌خواهم 👩‍💻']) {
    await shown.getByText(text).first().waitFor()
  }
  await shown.getByRole('img', { name: 'zero width space, U+200B' }).first().waitFor()

  const notice = attention.item.getByRole('note', { name: 'Characters that are not seen' })
  await notice.getByText('Line 1, column 4: right-to-left override, U+202E, in all‹U+202E› well').waitFor()
  await attention.editor('letter.body').fill('Dear Dana,\nall\u2060 well')
  await notice.getByText('Line 2, column 4: word joiner, U+2060, in all‹U+2060› well').waitFor()
  await attention.edit().getByText('‹U+2060›').waitFor()
  await expectAccessible(page)
  await attention.item.getByRole('button', { name: 'Show as JSON' }).click()
  await shown.getByText('"billing‹U+200B›@bank.example"').waitFor()
  expect(await attention.item.innerText()).not.toMatch(/[\u200B\u202A-\u202E\u2060\u2066\u2067]/)

  await attention.answer(/^Approve/).click()
  await attention.question(/^Approve/).getByText('b@example.com').waitFor()
  await attention.question(/^Approve/).getByRole('button', { name: /^Approve/ }).click()
  await attention.told('The mail was sent').waitFor()
  await page.goto(at('/mail'))
  const mail = new MailPage(page)
  await mail.row('pay ‹U+202E›gnp.exe').click()
  await mail.reader.getByRole('heading', { name: /pay right-to-left override, U\+202E\s*gnp\.exe/ }).waitFor()
  await mail.shown().getByText('all‹U+2060› well').waitFor()
  await expectAccessible(page)
})

test('of a text of a megabyte a page is drawn, and whoever answers is told that there is more', async () => {
  const { page, client } = await openHostile('/attention')
  await start(client, 'disguised', { long: 1_048_576 })
  const attention = new AttentionPage(page)
  await attention.row('disguised').click()
  const told = attention.item.getByText(/Only a part of it is shown: .*text \(20,000 of 1,048,576 characters\)/)
  await told.waitFor()
  const text = attention.item.locator('.shown-value .text')
  expect((await text.innerText()).length).toBeLessThan(25_000)
  await text.getByRole('button', { name: 'Show 20,000 more' }).click()
  await attention.item.getByText(/text \(40,000 of 1,048,576 characters\)/).waitFor()
  await attention.answer('Approve').click()
  await attention.question('Approve').getByText(/Only a part of it is shown/).waitFor()
  await expectAccessible(page)
})
