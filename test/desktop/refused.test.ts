/** A workspace that cannot be opened: its window says why, and what is chosen there is done. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { expectAccessible } from '../e2e/accessible.ts'
import { cairn, hostOf, starterWorkspace } from '../integration/workspaces.ts'
import { openDesktop } from './desktop.ts'
import { hasKeychain } from './keychain.ts'
import { onElectron } from './runtime.ts'

onElectron('a workspace that cannot be opened', () => {
  test('that another process owns can be looked at, and nothing can be done there', async () => {
    const workspace = await starterWorkspace()
    const { host, client } = await hostOf(workspace)
    await client.api.runs.start({ workflow: WorkflowName.parse('greeting'), input: { name: 'Ada', address: 'ada@example.com' } })
    const { app, page } = await openDesktop(workspace)
    await page.getByRole('heading', { name: 'This workspace is not open' }).waitFor()
    await expect.poll(() => page.getByRole('alert').innerText()).toContain(`is open in process ${process.pid}`)
    await expectAccessible(page)

    // Only the console itself chooses: neither a frame within it nor another page.
    const asksFor = (url: string, isFrame: boolean) =>
      app.evaluate(
        ({ dialog, ipcMain }, { from, parent }) => {
          let isAsked = false
          dialog.showOpenDialog = () => {
            isAsked = true
            return Promise.resolve({ canceled: true, filePaths: [] })
          }
          ipcMain.emit('cairn:choose', { senderFrame: { url: from, parent } }, { way: 'elsewhere' })
          return isAsked
        },
        { from: url, parent: isFrame ? {} : null },
      )
    expect(await asksFor('https://example.com/', false)).toBe(false)
    expect(await asksFor('app://console/', true)).toBe(false)
    expect(await asksFor('app://console/', false)).toBe(true)

    await page.getByRole('button', { name: 'Only look at it' }).click()
    await page.getByText('This console only shows the store').waitFor()
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('row').filter({ hasText: 'greeting' }).getByRole('link').first().click()
    await page.waitForURL(/\/runs\/[0-9A-Z]{26}/)
    const pause = page.getByRole('button', { name: /^Pause/ })
    await expect.poll(() => pause.getAttribute('aria-disabled')).toBe('true')
    await expectAccessible(page)
    await host.close()
  })

  test('whose store is damaged is opened again with a backup, and keeps what was there', async () => {
    const workspace = await starterWorkspace()
    const { host } = await hostOf(workspace)
    expect(await cairn(['backup', '-w', workspace])).toMatchObject({ exitCode: 0 })
    await host.close()
    const { store, folder } = storePaths(workspace)
    const cut = readFileSync(store).subarray(0, 5_000)
    writeFileSync(store, cut)

    const { page, host: opened } = await openDesktop(workspace)
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('is corrupt')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('is corrupt')
    await page.getByRole('button', { name: /^Bring back that of/ }).click()
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    expect(await opened()).toMatchObject({ role: 'serve' })
    const [kept = ''] = readdirSync(folder).filter((name) => name.startsWith('store-replaced-'))
    expect(readFileSync(join(folder, kept))).toEqual(cut)
  })

  test('whose key is not at hand is opened with the file of it, and one that is new gets its key from the keychain', async ({ skip }) => {
    const workspace = await starterWorkspace()
    const { config, keychain } = layoutOf(workspace)
    writeFileSync(config, 'store:\n  encryption: true\n')
    const { client, host, app, page } = await openDesktop(workspace)
    if (!(await hasKeychain(app))) {
      await expect.poll(() => page.getByRole('alert').innerText()).toContain('this system has no keychain that is open')
      await page.getByRole('button', { name: 'Choose the file of its key' }).waitFor()
      return skip('this system has no keychain that is open, and its window has said so')
    }
    const { encryption } = await (await client()).api.host.info()
    expect(encryption).not.toBeNull()
    await host()
    expect(readFileSync(keychain).length).toBeGreaterThan(44)
    await app.close()
    expect(await cairn(['runs', '-w', workspace])).toMatchObject({ exitCode: 17, err: expect.stringContaining('only the desktop opens: open it there') })

    rmSync(keychain)
    const again = await openDesktop(workspace)
    await expect.poll(() => again.page.getByRole('alert').innerText()).toContain('is not there')
    await again.page.getByRole('button', { name: 'Choose the file of its key' }).waitFor()
    await expectAccessible(again.page)
  })
})
