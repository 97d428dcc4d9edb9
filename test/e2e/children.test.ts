/** Runs of runs, as somebody watches them: from a run to its child and back, sent back, rolled back, cancelled, failed; and the breaker of what they reach. */
import { expect, test } from 'vitest'
import { json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { asked, ended, runOnce } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { RestorePart } from './pages/restore-part.ts'
import { RunPage } from './pages/run-page.ts'

withBrowser()

const files = {
  'workflows/letters.ts': `import { workflow, z } from 'cairn'

const undone = async () => null

export default workflow('letters', { version: 1, title: 'Letters', input: z.object({ to: z.string(), dies: z.boolean() }) })
  .step('stamp', { title: 'Buy a stamp', effect: { repeat: 'unsafe' }, compensate: undone }, () => ({ stamp: 17 }))
  .step('write', { title: 'Write it', needs: ['stamp'] }, ({ input }) => {
    if (input.dies) throw Object.assign(new Error('no paper is left'), { class: 'permanent' })
    return { text: 'Dear ' + input.to }
  })
  .approval('check', { title: 'May it be posted?', needs: ['write'], actions: { primary: 'yes' } })
`,
  'workflows/order.ts': `import { workflow, z } from 'cairn'
import letters from './letters.ts'

export default workflow('order', { version: 1, title: 'Order', input: z.object({ to: z.string(), dies: z.boolean().default(false) }) })
  .step('reserve', { title: 'Reserve the goods', compensate: async () => null }, () => ({ goods: 3 }))
  .workflow('letter', { title: 'Tell them', needs: ['reserve'], savepoint: 'before-letter' }, letters, ({ input }) => input)
  .step('file', { title: 'File it', needs: ['letter'] }, () => null)
`,
  'workflows/stock.ts': `import { workflow, z } from 'cairn'

export default workflow('stock', { version: 1, input: z.object({ url: z.string() }) })
  .http('ask', { effect: 'none', retry: { attempts: 20, initial: '1ms', factor: 1 } }, ({ input }) => ({ url: input.url }))
`,
  'cairn.config.yaml': 'breakers: { failures: 2, cool_down: 1h }\n',
}

test('a child is followed, sent back and cancelled through its parent, and told of once where it fails', { timeout: 240_000 }, async () => {
  let isDown = true
  await using server = await receiver((heard, answer, socket) => (isDown ? socket.destroy() : json({ well: true })(heard, answer, socket)))
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const { api } = client
  const start = async (workflow: string, input: object): Promise<RunId> => (await api.runs.start({ workflow: WorkflowName.parse(workflow), input })).id
  const childOf = async (run: RunId, not?: RunId): Promise<RunId> => {
    const isThere = ({ step, child }: { step: string; child: RunId | null }): boolean => step === 'letter' && child !== null && child !== not
    const { steps } = await runOnce(client, run, (detail) => detail.steps.some(isThere))
    return steps.findLast(isThere)?.child ?? expect.fail('it has no child')
  }

  const run = await start('order', { to: 'Ada' })
  const letter = await childOf(run)
  await asked(client, letter)
  const held = await start('stock', { url: server.url })
  const failed = await start('order', { to: 'Ben', dies: true })
  await ended(client, failed)
  const screen = new RunPage(page)
  const restoring = new RestorePart(page)

  // From a run to its child, and back.
  await page.goto(at(`/runs/${run}?step=letter`))
  await screen.says(/child/i).first().waitFor()
  await screen.panel.getByRole('region', { name: 'Its child run' }).getByRole('link', { name: /letters/ }).click()
  await page.waitForURL(`**/runs/${letter}`)
  await screen.tab('Restore').click()
  await screen.panel.getByText('Go back through its parent').waitFor()
  await expectAccessible(page)
  await screen.panel.getByRole('link', { name: 'Run from letter in its parent…' }).click()
  await page.waitForURL(`**/runs/${run}?**`)
  expect(new URL(page.url()).searchParams.get('step')).toBe('letter')

  // Before it is sent back: what is undone of the child that is under way, and what the next one touches.
  await screen.panel.getByRole('button', { name: 'Run from here…' }).click()
  const children = restoring.group('Child runs')
  await children.getByText('is brought to its end').waitFor()
  await children.getByText('undoes stamp').waitFor()
  await children.getByText('begins', { exact: true }).waitFor()
  expect(await children.getByText(/“stamp”/).count()).toBe(2)
  await expectAccessible(page)

  // Rolled back: told in a dialog, and done.
  await page.getByRole('button', { name: 'Roll back…' }).click()
  const dialog = page.getByRole('dialog', { name: /back to before-letter$/ })
  await dialog.getByText('Child runs on the way back').waitFor()
  await dialog.getByText('undoes stamp').waitFor()
  await expectAccessible(page)
  await dialog.getByRole('textbox').fill('another text')
  await dialog.getByRole('button', { name: 'Roll back to before-letter' }).click()
  expect((await ended(client, letter)).record.status).toBe('cancelled')
  const next = await childOf(run, letter)
  await asked(client, next)
  const found = await api.runs.search({ query: `parent:${run}` })
  expect(found.runs.map(({ id }) => id)).toEqual([next, letter])

  // A parent that is cancelled takes its child along.
  await page.goto(at(`/runs/${run}`))
  await screen.action(/^Cancel/).click()
  const cancelling = page.getByRole('dialog', { name: /^Cancel order/ })
  await cancelling.getByText('A child run is cancelled first, with what was done there undone: letter.').waitFor()
  await cancelling.getByRole('button', { name: 'Cancel the run' }).click()
  expect((await ended(client, run)).record.status).toBe('cancelled')
  await page.goto(at(`/runs/${next}`))
  await page.locator('.run-heading').getByText('Cancelled', { exact: true }).waitFor()

  // What failed below is told once, with what failed since it did.
  await page.goto(at('/attention'))
  const list = page.getByRole('link', { name: /^letters/ })
  await list.first().click()
  expect(await page.getByRole('link', { name: /no paper is left/ }).count()).toBe(1)
  await page.getByText('Failed because of it').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: /^order/ }).click()
  await page.waitForURL(`**/runs/${failed}?**`)

  // What fails again and again is left alone, until a person closes its breaker.
  await runOnce(client, held, ({ record }) => record.waiting === 'breaker')
  await page.goto(at('/breakers'))
  const breaker = page.getByRole('list', { name: 'Breakers' }).getByRole('listitem').filter({ hasText: `127.0.0.1:${server.port}` })
  await breaker.getByText('Holds back one step').waitFor()
  await expectAccessible(page)
  await breaker.getByRole('button', { name: 'Close it' }).click()
  const closing = page.getByRole('dialog', { name: `Close the breaker of 127.0.0.1:${server.port}` })
  await expectAccessible(page)
  isDown = false
  await closing.getByRole('button', { name: 'Close it' }).click()
  expect((await ended(client, held)).record.status).toBe('completed')
  await page.getByText('Nothing is held back').waitFor()

  // A child of a replay is disarmed as that is, and says so in its heading, where it is asked about, and among all runs.
  const { id: replay } = await api.runs.replay({ run: failed, checkpoint: 0 })
  const its = await childOf(replay)
  const { decision } = await asked(client, its)
  await page.goto(at(`/runs/${its}`))
  const heading = page.locator('main > header')
  await heading.getByText('of a replay', { exact: true }).waitFor()
  await heading.getByRole('link', { name: 'Buy a stamp' }).waitFor()
  await page.goto(at(`/attention?decision=${its}.${decision.id}`))
  await page.getByText('of a replay', { exact: true }).first().waitFor()
  await page.goto(at('/runs'))
  await expect.poll(() => page.getByText('of a replay', { exact: true }).count()).toBe(1)
})
