/** What is marked as sensitive comes to no page: neither into what it is sent, nor into what it shows. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { hiddenWords } from '../../src/model/sensitive/hidden.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import { asked, ended } from '../integration/moments.ts'
import { found, secrets, vault, vaultContext, vaultInput } from '../integration/vault.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'

withBrowser()

/** All that the page is sent from now on. */
function overheard(page: Page): readonly string[] {
  const told: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void told.push(payload.toString())))
  page.on('response', (response) => void response.text().then((text) => told.push(text), () => undefined))
  return told
}

test('a decision is edited around what is hidden, and nothing of that is seen on any screen', { timeout: 240_000 }, async () => {
  const workspace = await workspaceOf({ 'workflows/vault.ts': vault })
  const { page, client, at } = await openConsole(workspace)
  const told = overheard(page)
  const start = async (): Promise<RunId> => {
    return (await client.api.runs.start({ workflow: WorkflowName.parse('vault'), input: vaultInput, context: vaultContext })).id
  }
  const run = await start()
  const { decision } = await asked(client, run)

  await page.goto(at(`/attention?decision=${run}.${decision.id}`))
  const attention = new AttentionPage(page)
  const editor = attention.editor('draft.way')
  await expect.poll(() => editor.inputValue()).toContain('"$hidden": "sensitive"')
  await editor.fill((await editor.inputValue()).replace('"Ana"', '"Bea"'))
  await expectAccessible(page)
  expect(await attention.edit().textContent()).toContain('Bea')
  await attention.answer(/^Approve/).click()
  await attention.question(/./).getByRole('button', { name: /approve/i }).click()
  await ended(client, run)

  const shown: string[] = []
  const steps = ['draft', 'approve', 'book'].map((step) => `/runs/${run}?step=${step}`)
  const tabs = ['state', 'changes', 'errors', 'logs', 'replay'].map((tab) => `/runs/${run}?step=draft&tab=${tab}`)
  for (const path of ['/', '/attention', '/mail', `/workflows/vault/start?from=${run}`, ...steps, ...tabs]) {
    await page.goto(at(path))
    await page.locator('main').waitFor()
    await page.waitForLoadState('networkidle')
    shown.push(page.url(), await page.title(), await page.content())
  }
  await page.goto(at(`/runs/${run}?tab=state`))
  await page.getByText(hiddenWords({ $hidden: 'sensitive' })).first().waitFor()
  await expectAccessible(page)
  shown.push(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })))

  expect(found(shown.join('\n'))).toEqual([])
  expect(told.join('').length).toBeGreaterThan(100_000)
  expect(found(told.join('\n'))).toEqual([])

  const reads = openReads(workspace)
  const way = reads.state(run, null)?.outputs[decision.edits?.target.step ?? decision.step]?.at(-1)?.output
  reads.close()
  expect(way).toMatchObject({ way: { holder: 'Bea', number: secrets.card } })
})
