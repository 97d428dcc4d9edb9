/** What is in force stands in the console, and what is wrong with the file for as long as it is. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { starterWorkspace } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'

withBrowser()

test('a file that is saved is shown as it comes into force, refused with its lines, and mended', async () => {
  const workspace = await starterWorkspace()
  const save = (text: string) => writeFileSync(join(workspace, 'cairn.config.yaml'), text)
  const { page } = await openConsole(workspace, { path: '/policy' })
  const repeats = page.getByRole('region', { name: 'Settings of detection' }).getByRole('row', { name: /^detection\.loops\.max_repeats/ })
  await expect.poll(() => repeats.first().textContent()).toMatch(/3.*Default/)

  await page.keyboard.press('/')
  await page.keyboard.type('without a heartbeat')
  await expect.poll(() => page.getByRole('row', { name: /^\w+\./ }).count()).toBe(1)
  await page.getByRole('row', { name: /^detection\.timeouts\.heartbeat/ }).waitFor()
  await page.keyboard.type(' and no such words')
  await page.getByText('No setting has these words').waitFor()
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('')

  save('detection:\n  loops: { max_repeats: 6 }\nstore:\n  durability: normal\nworkflows:\n  greeting:\n    steps:\n      write: { detection: { loops: { max_repeats: 9 } } }\n  greting: {}\n')
  await expect.poll(() => repeats.first().textContent()).toMatch(/6.*Line 2/)
  expect(await repeats.nth(1).textContent()).toMatch(/greeting › write.*9.*Line 8/)
  await page.getByRole('region', { name: 'Settings of store' }).getByText('normal from the next start on').waitFor()
  await page.getByText('there is no such workflow here; did you mean greeting?').waitFor()
  await expectAccessible(page)

  save('detection:\n  loops: { max_repeats: 1 }\ncolour: red\n')
  const alert = page.getByRole('alert').filter({ hasText: 'The file is wrong' })
  await alert.getByText('detection.loops.max_repeats should be a whole number from 2 to 1000, not 1').waitFor()
  await alert.getByText(/^colour is no setting/).waitFor()
  expect(await repeats.first().textContent()).toContain('6')
  await expectAccessible(page)
  await page.getByRole('link', { name: /Needs attention/ }).click()
  await page.getByRole('link', { name: /cairn\.config\.yaml/ }).click()
  await page.getByRole('heading', { name: 'The settings cannot be used as they are written' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'What is in force' }).click()

  save('detection:\n  loops: { max_repeats: 4 }\n')
  await alert.waitFor({ state: 'detached' })
  await expect.poll(() => repeats.first().textContent()).toMatch(/4.*Line 2/)
  await page.keyboard.press('f')
  await page.getByRole('region', { name: 'Settings of store' }).waitFor({ state: 'detached' })
  expect(await page.getByRole('row', { name: /^detection/ }).count()).toBe(1)
  await page.reload()
  expect(await page.getByRole('row', { name: /^detection/ }).count()).toBeLessThanOrEqual(1)
})
