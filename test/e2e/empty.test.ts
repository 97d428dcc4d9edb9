/** A workspace without a single workflow: every screen says what it lacks, and none fails. */
import { expect, test } from 'vitest'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'

withBrowser()

const screens = [
  ['/', 'Nothing needs a person'],
  ['/runs', 'No run has been started yet'],
  ['/runs?query=workflow:none', 'No run has been started yet'],
  ['/attention', 'Nothing needs you'],
  ['/workflows', 'No workflow in this workspace yet'],
  ['/workflows/none', 'There is no workflow none'],
  ['/workflows/none/start', 'There is no workflow none in this workspace'],
  ['/mail', 'No mail'],
] as const

test('without workflows every screen says what it lacks', async () => {
  const { page, at } = await openConsole(await workspaceOf({}))
  for (const [path, says] of screens) {
    await page.goto(at(path))
    await page.getByRole('main').getByText(says).first().waitFor()
    await expectAccessible(page)
  }
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search runs/ }).fill('nothing')
  await page.getByText('Nothing fits').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
})
