/** A run on the desktop, from its start to a restore, with the death of its host in the middle. */
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import { RunId, StepId, WorkflowName } from '../../src/model/ids.ts'
import { AttentionPage } from '../e2e/pages/attention-page.ts'
import { RunPage } from '../e2e/pages/run-page.ts'
import { StartPage } from '../e2e/pages/start-page.ts'
import { ended, entryOf } from '../integration/moments.ts'
import { starterWorkspace, workspaceOf } from '../integration/workspaces.ts'
import { openDesktop } from './desktop.ts'
import { onElectron } from './runtime.ts'

onElectron('the desktop', () => {
  test('a run is started, outlives its host, is approved, and is sent back', { timeout: 240_000 }, async () => {
    const workspace = await starterWorkspace()
    const { app, page, host, client } = await openDesktop(workspace)
    await page.getByRole('link', { name: 'Workflows' }).click()
    await page.getByRole('link', { name: 'Start A greeting' }).click()
    const form = new StartPage(page)
    await form.field('Name').fill('Ada')
    await form.field('Address').fill('ada@example.com')
    await form.start()
    await form.isAtRun()
    const run = RunId.parse(new URL(page.url()).pathname.split('/').at(-1))
    const screen = new RunPage(page)
    await screen.says(/asks for a decision/).waitFor()

    // Its process is killed, and another goes on where it was; the window stays as it is.
    const { pid } = await host()
    process.kill(pid, 'SIGKILL')
    await host((other) => other.pid !== pid)
    expect(page.url()).toContain(`/runs/${run}`)

    await page.getByRole('link', { name: 'Decide' }).click()
    const attention = new AttentionPage(page)
    await attention.answer('Approve').click()
    await attention.question('Approve').getByRole('button', { name: 'Approve' }).click()
    await attention.told(/The run completed/).waitFor()

    // The command line's way in: the same host, and the window hears of it.
    const outside = await client()
    const { record, position } = await outside.api.runs.get({ run })
    expect(record.status).toBe('completed')
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await outside.api.runs.restore({ run, checkpoint: 0, seen: record.version, reason: 'once more' })
    const isAskedAgain = ({ events, position: at }: JournalEntry) => at > position && events.some(({ type }) => type === 'decision_opened')
    await entryOf(outside, run, isAskedAgain)
    await page.getByText('Needs a decision').first().waitFor()

    // Closed in good order, the host takes back what it said of itself.
    await app.close()
    expect(existsSync(layoutOf(workspace).hostFile)).toBe(false)
  })

  test('workflow code runs in utility processes, and what never ends is ended', { timeout: 120_000 }, async () => {
    const workspace = await workspaceOf({
      'workflows/where.ts': `import { workflow, z } from 'cairn'
export default workflow('where', { version: 1, input: z.object({}) })
  .step('where', () => ({ type: process.type ?? 'node', secret: process.env.CAIRN_SETTINGS ?? null }))
  .step('endless', { needs: ['where'], isolated: true, timeout: '1s', retry: { attempts: 1 } }, () => { for (;;); })`,
    })
    const { client } = await openDesktop(workspace)
    const outside = await client()
    const { id: run } = await outside.api.runs.start({ workflow: WorkflowName.parse('where'), input: {} })
    expect((await ended(outside, run)).record.status).toBe('failed')
    const { outputs } = await outside.api.runs.state({ run })
    expect(outputs[StepId.parse('where')]?.at(-1)).toMatchObject({ output: { type: 'utility', secret: null } })
  })
})
