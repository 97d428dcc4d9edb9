/** What the console says and does about the store itself: backups, and a disk that does not take anything. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { storePaths } from '../../src/store/paths.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { starterWorkspace } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'

withBrowser()

test('a backup is made on the press of a button, said to be verified, and listed', async () => {
  const { page, client } = await openConsole(await starterWorkspace(), { path: '/integrity' })
  await page.getByText('There is no backup yet').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('The store is backed up').waitFor()
  const { backups } = await client.api.backups.list()
  expect(backups).toHaveLength(1)
  await page.getByRole('list', { name: 'Backups, newest first' }).getByTitle(backups[0]?.file ?? '').waitFor()
  const made = async () => {
    const { entries } = await client.api.journal.list({ limit: 50, before: Number.MAX_SAFE_INTEGER })
    return entries.filter(({ events: [first] }) => first?.type === 'backup_made').length
  }
  await page.keyboard.press('b')
  await expect.poll(made).toBe(2)
  await expectAccessible(page)
})

test('a store that a backup took the place of is told, and who removes it', async () => {
  const workspace = await starterWorkspace()
  writeFileSync(join(storePaths(workspace).folder, 'store-replaced-20260102-030405.db'), 'a'.repeat(5_000))
  const { page } = await openConsole(workspace, { path: '/storage' })
  const replaced = page.getByRole('list', { name: 'Replaced stores, newest first' }).getByRole('listitem')
  await replaced.getByText('4.9 KB').waitFor()
  expect(await replaced.getByRole('time').getAttribute('dateTime')).toBe('2026-01-02T03:04:05.000Z')
  await page.getByText('delete its file').waitFor()
  await expectAccessible(page)
})

test('a store that cannot be written needs somebody for as long as that lasts', async () => {
  const workspace = await starterWorkspace()
  const { page, client } = await openConsole(workspace, { path: '/attention' })
  await page.getByRole('heading', { name: 'Needs attention', level: 1 }).waitFor()
  const other = new Database(storePaths(workspace).store)
  other.exec('BEGIN IMMEDIATE')
  const start = () => client.api.runs.start({ workflow: WorkflowName.parse('greeting'), input: { name: 'Ada', address: 'ada@example.com' } })
  await expect(start()).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('another process holds it') })
  const alarm = page.getByRole('link', { name: /^Store alarm.*another process holds it/ })
  await alarm.waitFor()
  expect((await client.api.host.info()).alarm).toMatchObject({ name: 'StoreCannotBeWritten' })
  const pill = page.locator('.host-pill', { hasText: 'Store alarm' })
  await pill.waitFor()
  other.close()
  await alarm.waitFor({ state: 'detached' })
  await pill.waitFor({ state: 'detached' })
  expect(await start()).toMatchObject({ status: 'running' })
})
