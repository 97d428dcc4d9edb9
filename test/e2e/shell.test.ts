/** What stands around every screen: the way in, the navigation, the palette, the keys, the connection. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from '../integration/moments.ts'
import { starterWorkspace, workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { desk, hostAway, openConsole, openPage, withBrowser } from './console.ts'

withBrowser()

test('the token leaves the address bar and the history, and a reload keeps the session', async () => {
  const { page, at } = await openConsole(await starterWorkspace())
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(page.url()).toBe(at('/'))
  await page.reload()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await page.goBack()
  expect(page.url()).not.toContain('token')
})

test('a tab beside gets the token from the one that has it', async () => {
  const { page, at } = await openConsole(await starterWorkspace())
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  const beside = await page.context().newPage()
  await beside.goto(at('/runs'))
  await beside.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
})

test('a profile without the token is asked for it, and told of one that is none', async () => {
  const { at, host } = await openConsole(await starterWorkspace())
  const { page } = await openPage(desk)
  await page.goto(at('/runs'))
  await page.getByLabel('Token').fill('nonsense')
  await page.getByRole('button', { name: 'Enter' }).click()
  await page.getByText('This is no token of a host').waitFor()
  await expectAccessible(page)
  await page.getByLabel('Token').fill(readFileSync(host.tokenFile, 'utf8'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
})

test('every screen is a key or two away, and the palette and the list of keys know them', async () => {
  const { page } = await openConsole(await starterWorkspace())
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  for (const [keys, title] of [
    ['gr', 'Runs'],
    ['gw', 'Workflows'],
    ['gm', 'Mail'],
    ['ga', 'Needs attention'],
    ['go', 'Overview'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search runs/ }).fill('workfl')
  await page.getByRole('option', { name: /Workflows/ }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Workflows', level: 1 }).waitFor()
  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog', { name: 'Keys' }).getByText('Needs attention').waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
})

const errand = `import { workflow, z } from 'cairn'

export default workflow('errand', { version: 1, input: z.object({ fails: z.boolean() }) })
  .step('go', { retry: { attempts: 1 } }, ({ input }) => {
    if (input.fails) throw new Error('nobody is there')
    return null
  })
  .approval('ask', { needs: ['go'], actions: { primary: 'approve' } })
`

test('the palette says how each thing that it finds stands: a run, a decision, a workflow, a file that is refused', async () => {
  const workspace = await workspaceOf({ 'workflows/errand.ts': errand, 'workflows/errant.ts': 'export default 1' })
  const { page, client } = await openConsole(workspace)
  const workflow = WorkflowName.parse('errand')
  const { id: asking } = await client.api.runs.start({ workflow, input: { fails: false } })
  const { id: failing } = await client.api.runs.start({ workflow, input: { fails: true } })
  await asked(client, asking)
  await ended(client, failing)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search runs/ }).fill('erran')
  const found = (section: string, name: RegExp) => page.getByRole('group', { name: section, exact: true }).getByRole('option', { name })
  await found('Runs', /^errand .+ Needs a decision$/).waitFor()
  await found('Runs', /^errand .+ Failed$/).waitFor()
  await found('Workflows', /^errand\s*Ready$/).waitFor()
  await found('Workflows', /errant.ts\s*Cannot be loaded$/).waitFor()
  await expectAccessible(page)
  await found('Decisions', /^ask, errand .+ Needs a decision$/).click()
  await page.waitForURL(new RegExp(`/attention\\?decision=${asking}`))
})

test('the theme follows the system until a person chooses one, which is kept', async () => {
  const { page } = await openConsole(await starterWorkspace(), { colorScheme: 'dark' })
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor")
  const dark = await ground()
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await ground()
  expect(light).not.toBe(dark)
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitem', { name: 'Dark' }).click()
  expect(await ground()).toBe(dark)
  await page.reload()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  expect(await ground()).toBe(dark)
})

test('a lost host is shown, and when it is back the console goes on where it was', async () => {
  const workspace = await starterWorkspace()
  const { page, host, at, tolerate } = await openConsole(workspace, { path: '/runs' })
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
  const port = Number(new URL(at('/')).port)
  tolerate(...hostAway)
  await host.close()
  await page.getByText('The host does not answer').waitFor()
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
  await openConsole(workspace, { port })
  await page.getByText('The host does not answer').waitFor({ state: 'hidden' })
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
})
