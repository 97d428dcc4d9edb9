/** A run on the desktop, from its start to a restore and a replay, with the death of its host in the middle. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { RunId, StepId, WorkflowName } from '../../src/model/ids.ts'
import { AttentionPage } from '../e2e/pages/attention-page.ts'
import { RestorePart } from '../e2e/pages/restore-part.ts'
import { RunPage } from '../e2e/pages/run-page.ts'
import { RunsPage } from '../e2e/pages/runs-page.ts'
import { StartPage } from '../e2e/pages/start-page.ts'
import { asked, ended } from '../integration/moments.ts'
import { starterWorkspace, workspaceOf } from '../integration/workspaces.ts'
import { openDesktop } from './desktop.ts'
import { onElectron } from './runtime.ts'

onElectron('the desktop', () => {
  test('a run is started, outlives its host, is approved, sent back, and replayed', { timeout: 240_000 }, async () => {
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

    // The command line's way in is to the same host. It knows what the window has shown.
    const outside = await client()
    expect((await outside.api.runs.get({ run })).record.status).toBe('completed')
    expect((await outside.api.mail.list({ run })).mail).toHaveLength(1)

    // Looked back at, compared, and sent back; asked for a second time, since the mail would go out twice.
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await new RunsPage(page).row(1).click()
    await screen.says('Completed: nothing is left to do.').waitFor()
    const restore = new RestorePart(page)
    await screen.timeline.getByText(/^[1-9]\d* checkpoints$/).waitFor()
    await page.keyboard.press('[')
    await expect.poll(() => page.url()).toContain('checkpoint=')
    await page.keyboard.press('v')
    await screen.panel.getByRole('spinbutton', { name: 'Checkpoint to compare with' }).fill('0')
    await restore.difference('write').first().waitFor()
    await page.getByRole('button', { name: /^Back to now/ }).click()
    await page.keyboard.press('b')
    await page.getByRole('button', { name: /^Restart from the beginning/ }).click()
    await restore.group('Touches the outside world').getByText(/A mail, by “send”/).waitFor()
    await restore.button().click()
    await restore.question().getByRole('button', { name: 'Restore checkpoint 0', exact: true }).click()
    await screen.told(/^Restored checkpoint 0/).waitFor()
    await screen.says(/asks for a decision/).waitFor()
    await page.keyboard.press('b')
    await restore.branch('branch 1').getByText('the run is here').waitFor()
    expect((await outside.api.runs.get({ run })).record).toMatchObject({ status: 'waiting', branch: 1, generation: 1 })
    expect((await outside.api.mail.list({ run })).mail).toHaveLength(1)

    // Replayed from there with another name: a run of its own, which touches nothing outside by itself.
    await screen.tab('Replay').click()
    await screen.checkpoint().focus()
    await page.keyboard.press('Home')
    const replay = page.getByRole('region', { name: 'Replay from checkpoint 0', exact: true })
    await replay.getByRole('button', { name: /input/i }).click()
    await replay.getByRole('textbox', { name: /^Name/ }).fill('Grace')
    await replay.getByRole('button', { name: /^Replay from checkpoint 0/ }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/runs/') && !url.pathname.endsWith(run))
    await screen.says(/asks for a decision/).waitFor()
    const replayed = RunId.parse(new URL(page.url()).pathname.split('/').at(-1))
    const { decision } = await asked(outside, replayed)
    await outside.api.decisions.decide({ run: replayed, decision: decision.id, action: 'approve' })
    await screen.says(/touches the outside world: may it/).waitFor()
    expect((await outside.api.runs.state({ run: replayed })).input).toMatchObject({ name: 'Grace' })
    expect((await outside.api.mail.list({})).mail).toHaveLength(1)

    // Closed in good order, the host takes back what it said of itself.
    await app.close()
    expect(existsSync(layoutOf(workspace).hostFile)).toBe(false)
  })

  test('a run that is under way when its host dies goes on in the next one, and in its window', { timeout: 120_000 }, async () => {
    const workspace = await workspaceOf({
      'workflows/patient.ts': `import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { workflow, z } from 'cairn'
export default workflow('patient', { version: 1, input: z.object({ sign: z.string() }) })
  .step('before', () => 'once')
  .step('wait', { needs: ['before'] }, async ({ input }) => {
    while (!existsSync(input.sign)) await setTimeout(20)
    return 'it came'
  })`,
    })
    const { page, host, client } = await openDesktop(workspace)
    const first = await client()
    const sign = join(workspace, 'sign')
    const { id: run } = await first.api.runs.start({ workflow: WorkflowName.parse('patient'), input: { sign } })
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await new RunsPage(page).row(1).click()
    const screen = new RunPage(page)
    await screen.says(/^Runs wait/).waitFor()
    const { pid } = await host()
    process.kill(pid, 'SIGKILL')
    await host((other) => other.pid !== pid)
    writeFileSync(sign, '')
    await screen.says('Completed: nothing is left to do.').waitFor()

    const { attempts } = await (await client()).api.runs.get({ run })
    expect(attempts.filter(({ step }) => step === 'before')).toHaveLength(1)
    expect(attempts.filter(({ step }) => step === 'wait').map(({ status }) => status)).toEqual(['interrupted', 'completed'])
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
