/** What stands around every screen: the way in, the navigation, the palette, the keys, the connection. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { starterWorkspace } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { desk, openConsole, openPage, withBrowser } from './console.ts'

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
  tolerate('WebSocket connection')
  tolerate('net::ERR_CONNECTION_REFUSED')
  await host.close()
  await page.getByText('The host does not answer').waitFor()
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
  await openConsole(workspace, { port })
  await page.getByText('The host does not answer').waitFor({ state: 'hidden' })
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor()
})
