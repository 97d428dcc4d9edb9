/** Whether the store is whole: asked for by a button, found by itself, and told of wherever somebody looks. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { startLookHost } from '../../src/host/look.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { runOnce } from '../integration/moments.ts'
import { hostOf, starterWorkspace, workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { desk, openConsole, openPage, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { IntegrityPage } from './pages/integrity-page.ts'
import { OverviewPage } from './pages/overview-page.ts'
import { RunPage } from './pages/run-page.ts'

withBrowser()

const started = { workflow: WorkflowName.parse('greeting'), input: { name: 'Ada', address: 'ada@example.com' } }

/** Changes a value's last byte, or changes it back. */
function flip(workspace: string, by: "x'20'" | "x''"): void {
  const db = new Database(storePaths(workspace).store)
  const body = by === "x''" ? 'substr(body, 1, length(body) - 1)' : `CAST(body || ${by} AS BLOB)`
  expect(db.prepare(`UPDATE value SET body = ${body} WHERE rowid = (SELECT max(rowid) FROM value WHERE lineage = 1)`).run().changes).toBe(1)
  db.close()
}

test('a whole store is verified by a press, and damage is named with its run and what is left of it', async () => {
  const workspace = await starterWorkspace()
  const { page, client } = await openConsole(workspace)
  const { id } = await client.api.runs.start(started)
  await expect.poll(async () => (await client.api.runs.get({ run: id })).record.status).toBe('waiting')

  const overview = new OverviewPage(page)
  await overview.figure('Integrity').getByRole('link').click()
  const integrity = new IntegrityPage(page)
  await integrity.verify().click()
  await integrity.outcome('Every byte is what was written').waitFor()
  await integrity.standing('Whole').waitFor()
  await page.getByText('Nothing is damaged').waitFor()

  flip(workspace, "x'20'")
  await page.keyboard.press('v')
  await integrity.outcome('not as written').waitFor()
  await integrity.standing('1 damaged').waitFor()
  const row = integrity.findings.filter({ hasText: 'its bytes do not have this address' })
  await row.getByRole('link', { name: id.slice(-8) }).waitFor()
  expect(await row.getByRole('link', { name: /^checkpoint \d+$/ }).count()).toBe(1)
  await page.getByRole('region', { name: 'Notifications' }).getByText('The store is damaged').waitFor()
  await expectAccessible(page)
  await page.locator('.toast', { hasText: 'The store is damaged' }).locator('.icon-button').click()

  await page.getByRole('link', { name: 'Needs attention' }).first().click()
  const attention = new AttentionPage(page)
  await attention.title('A damaged value').waitFor()
  await page.getByText('is the newest that can be read whole').waitFor()
  await expectAccessible(page)
  expect((await client.api.runs.get({ run: id })).record.status).toBe('quarantined')

  flip(workspace, "x''")
  await page.getByRole('link', { name: 'All that was found' }).click()
  await integrity.verify().click()
  await page.getByText('Nothing is damaged').waitFor()
  await integrity.standing('Whole').waitFor()
})

test('a store that is only shown is said to be checked by nobody here, and is verified by a press all the same', async () => {
  const workspace = await starterWorkspace()
  const { host, client } = await hostOf(workspace)
  const { id } = await client.api.runs.start(started)
  await expect.poll(async () => (await client.api.runs.get({ run: id })).record.status).toBe('waiting')
  await host.close()
  flip(workspace, "x'20'")
  rmSync(storePaths(workspace).patrol)

  const look = await startLookHost({ workspace, port: 0, troubled: (what) => expect.fail(what) })
  onTestFinished(() => look.close())
  const { page } = await openPage(desk)
  await page.goto(`${look.url}/#token=${look.token}`)
  const figure = new OverviewPage(page).figure('Integrity')
  await figure.getByText('not checked: only shown here').waitFor()
  await figure.getByRole('link').click()
  await page.getByText('nothing of the store is looked at by itself here').waitFor()
  const integrity = new IntegrityPage(page)
  await integrity.verify().click()
  await integrity.outcome('not as written').waitFor()
  await integrity.standing('1 damaged').waitFor()
  await integrity.findings.filter({ hasText: 'its bytes do not have this address' }).waitFor()
  expect(await page.getByRole('button', { name: /^Back up now/ }).getAttribute('aria-disabled')).toBe('true')
  await page.locator('.toast', { hasText: 'The store is damaged' }).locator('.icon-button').click()
  await expectAccessible(page)
})

test('figures that cannot be told, since the journal is damaged, are said to be that', async () => {
  const workspace = await starterWorkspace()
  const { host, client } = await hostOf(workspace)
  const { id } = await client.api.runs.start(started)
  await expect.poll(async () => (await client.api.runs.get({ run: id })).record.status).toBe('waiting')
  await host.close()
  const { store, index } = storePaths(workspace)
  const db = new Database(store)
  db.exec("UPDATE journal SET body = body || ' ' WHERE run IS NOT NULL")
  db.close()
  // What was read of the journal before it was damaged can be told.
  for (const part of ['', '-wal', '-shm']) rmSync(`${index}${part}`, { force: true })

  const { page } = await openConsole(workspace)
  await new OverviewPage(page).range('6 h').click()
  await page.getByText('How runs have gone cannot be told').waitFor()
  await page.getByRole('link', { name: 'What is damaged, and backups' }).waitFor()
  await expectAccessible(page)
})

test('a damaged checkpoint is told in its place and hides no other', async () => {
  const workspace = await starterWorkspace()
  const { host, client } = await hostOf(workspace)
  const { id } = await client.api.runs.start(started)
  await expect.poll(async () => (await client.api.runs.get({ run: id })).record.status).toBe('waiting')
  await client.api.runs.checkpoint({ run: id })
  await host.close()
  const db = new Database(storePaths(workspace).store)
  expect(db.prepare("UPDATE checkpoint SET content = content || ' ' WHERE number = 1").run().changes).toBe(1)
  db.close()

  const { page, at } = await openConsole(workspace)
  await page.goto(at(`/runs/${id}`))
  const { timeline } = new RunPage(page)
  await timeline.getByRole('link', { name: 'checkpoint 1 is damaged' }).waitFor()
  await timeline.getByTitle('checkpoint 1 is damaged: it cannot be gone back to', { exact: true }).waitFor()
  await timeline.getByText(/^\d+ checkpoints$/).waitFor()
  const legend = timeline.getByRole('list', { name: 'Types of checkpoints' })
  expect(await legend.getByRole('listitem').allInnerTexts()).toEqual(['step started', 'manual', 'damaged'])
  const all = await legend.boundingBox()
  for (const item of await legend.getByRole('listitem').all()) {
    const box = await item.boundingBox()
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual((all?.y ?? 0) + (all?.height ?? 0))
  }
  await timeline.getByRole('slider', { name: 'Checkpoint' }).press('Home')
  await timeline.getByText(/^checkpoint 0 of /).waitFor()
  await expectAccessible(page)
})

test('damage that no run can have on record is among the errors, as of the store, until it is mended', async () => {
  const workspace = await starterWorkspace()
  const { page, client, at } = await openConsole(workspace)
  const { id } = await client.api.runs.start(started)
  await expect.poll(async () => (await client.api.runs.get({ run: id })).record.status).toBe('waiting')
  await page.goto(at('/errors'))
  await page.getByText('Nothing has ever gone wrong').waitFor()

  const rewrite = (content: string): void => {
    const db = new Database(storePaths(workspace).store)
    expect(db.prepare(`UPDATE run SET content = ${content} WHERE number = 1`).run().changes).toBe(1)
    db.close()
  }
  rewrite(`content || ' '`)
  for await (const _ of await client.api.integrity.verify()) void _
  await page.getByRole('link', { name: /^The store/ }).click()
  const chosen = page.getByRole('region', { name: 'The chosen errors' })
  await chosen.getByRole('heading', { name: 'The store' }).waitFor()
  await chosen.getByText('waiting for a person').first().waitFor()
  await chosen.getByText('bring back a backup of the store from before').first().waitFor()
  await chosen.getByText('no checkpoint can be named').waitFor()
  await expectAccessible(page)

  rewrite('substr(content, 1, length(content) - 1)')
  for await (const _ of await client.api.integrity.verify()) void _
  await chosen.getByText('It is as it was written again.').waitFor()
  await chosen.getByRole('link', { name: 'How it stands with the store' }).click()
  await page.getByText('Nothing is damaged').waitFor()
})

test('a run that has ended and cannot be shown says what of it can be read, and where the others are', async () => {
  const workspace = await workspaceOf({
    'workflows/greeting.ts': `import { workflow, z } from 'cairn'
      export default workflow('greeting', { version: 1, input: z.object({ name: z.string() }) })
        .step('draft', { output: z.string() }, ({ input }) => 'Dear ' + input.name)`,
  })
  const { host, client } = await hostOf(workspace)
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('greeting'), input: { name: 'Ada' } })
  await runOnce(client, id, ({ record }) => record.status === 'completed')
  await host.close()
  const db = new Database(storePaths(workspace).store)
  expect(db.prepare('UPDATE step SET checksum = zeroblob(32)').run().changes).toBe(1)
  db.close()

  const { page, at } = await openConsole(workspace)
  await page.goto(at(`/runs/${id}`))
  await page.getByText('The run cannot be shown').waitFor()
  await page.getByRole('heading', { name: /^Its state at checkpoint \d+$/ }).waitFor()
  await page.getByRole('tree', { name: 'What can be read of the run' }).getByText('Dear Ada').waitFor()
  await page.getByRole('link', { name: 'What is damaged, and backups' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'All runs' }).click()
  await page.getByRole('row', { name: id.slice(-8) }).waitFor()
})

test('of dead letters those that can be read are shown and drained, and where none can be, that is said', async () => {
  const workspace = await workspaceOf({
    'workflows/orders.ts': `import { workflow, z } from 'cairn'
      export default workflow('orders', { version: 1, input: z.object({}) })
        .http('place', { effect: 'none', retry: { attempts: 1 } }, () => ({ url: 'http://127.0.0.1:1/' }))`,
    'cairn.config.yaml': 'recovery: { chain: [dead_letter] }\nbreakers: { failures: 100 }\n',
  })
  const { page, client, at } = await openConsole(workspace)
  const ids: string[] = []
  for (let count = 0; count < 2; count++) {
    const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('orders'), input: {} })
    await runOnce(client, id, ({ record }) => record.waiting === 'dead_letter')
    ids.push(id.slice(-8))
  }
  const [whole = expect.fail(), damaged = expect.fail()] = ids
  const damage = (number: number): void => {
    const db = new Database(storePaths(workspace).store)
    expect(db.prepare('UPDATE run SET checksum = zeroblob(32) WHERE number = ?').run(number).changes).toBe(1)
    db.close()
  }

  damage(2)
  await page.goto(at('/dead-letters'))
  await page.getByRole('link', { name: `Run ${damaged} is damaged, and not shown` }).waitFor()
  await page.getByRole('cell', { name: whole, exact: true }).waitFor()
  await page.getByRole('button', { name: 'Drain all…' }).click()
  await page.getByRole('button', { name: 'Drain 1 run', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Leave them' }).click()

  damage(1)
  await page.goto(at('/dead-letters'))
  await page.getByText('Nothing of it can be read').waitFor()
  expect(await page.getByRole('button', { name: 'Drain all…' }).count()).toBe(0)
  await expectAccessible(page)
})
