/** A run's screen: one selection through graph, timeline and inspector, live, and what can be done to the run. */
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import type { RunId } from '../../src/model/ids.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { asked } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { RunPage } from './pages/run-page.ts'

withBrowser()

const letter = `import { PermanentError, TransientError, workflow, z } from 'cairn'

export default workflow('letter', { version: 1, title: 'A letter', input: z.object({ to: z.string() }) })
  .step('write', { output: z.object({ text: z.string() }), critical: true }, ({ input, iteration, log }) => {
    log.info('writing to ' + input.to)
    return { text: 'Dear ' + input.to + ',\\nthis is draft ' + iteration + '.\\nYours' }
  })
  .step(
    'read',
    {
      needs: ['write'],
      retry: { attempts: 2, initial: '1ms' },
      output: z.object({ good: z.boolean() }),
      next: { to: ['write'], max: 3, choose: ({ output }) => (output.good ? undefined : 'write') },
    },
    ({ iteration, attempt }) => {
      if (iteration === 1 && attempt === 1) throw new TransientError('the reader was asleep')
      return { good: iteration === 2 }
    },
  )
  .approval('approve', { needs: ['read'], actions: { primary: 'approve', secondary: ['reject'] }, deadline: '24h' })
  .step('file', { needs: ['approve'] }, () => {
    throw new PermanentError('the cabinet is full')
  })
`

const files = { 'workflows/letter.ts': letter }

async function start(client: Client, input: Json): Promise<RunId> {
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('letter'), input })
  return id
}

test('one selection drives the graph, the timeline and the inspector, and stands in the address', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await start(client, { to: 'Ada' })
  await asked(client, run)
  await page.goto(at(`/runs/${run}`))
  const screen = new RunPage(page)
  await screen.says(/^Waits for a person, .* so far.*: approve asks for a decision\.$/).waitFor()

  await screen.row('write').click()
  await screen.panel.getByRole('heading', { name: 'write' }).waitFor()
  await screen.panel.getByLabel('iteration').selectOption('1')
  await screen.panel.getByText('this is draft 1').waitFor()
  await screen.tab('Attempts').click()
  expect(await screen.panel.getByRole('listitem').count()).toBe(2)

  // From the present back through the checkpoints, each with what it changed.
  await page.keyboard.press('Escape')
  await page.keyboard.press('[')
  await screen.past().waitFor()
  const last = await screen.checkpoint().getAttribute('aria-valuenow')
  await page.keyboard.press('[')
  await expect.poll(() => screen.checkpoint().getAttribute('aria-valuenow')).toBe(String(Number(last) - 1))
  for (;;) {
    if (
      /checkpoint \d+, step complete, write, iteration 2/.test(
        (await screen.checkpoint().getAttribute('aria-valuetext')) ?? '',
      )
    )
      break
    const before = page.url()
    await page.keyboard.press('[')
    await expect.poll(() => page.url()).not.toBe(before)
  }
  const diff = screen.panel.getByRole('region', { name: /^What changed in write/ })
  await diff.locator('del', { hasText: 'this is draft 1.' }).waitFor()
  await diff.locator('ins', { hasText: 'this is draft 2.' }).waitFor()

  // A link leads to the same place: it is there once the playhead has come to rest.
  const shown = (await screen.checkpoint().getAttribute('aria-valuetext'))?.match(/checkpoint (\d+)/)?.[1]
  await expect.poll(() => new URL(page.url()).searchParams.get('checkpoint')).toBe(shown)
  await page.reload()
  await screen.past().waitFor()
  await diff.locator('ins', { hasText: 'this is draft 2.' }).waitFor()
  await page.keyboard.press('Escape')
  await screen.past().waitFor({ state: 'detached' })

  // Every list ends at the moment that is looked at, and says so; at the present there is all.
  const { checkpoints } = await client.api.runs.checkpoints({ run, limit: 100 })
  const written = checkpoints.find((each) => each.type === 'step_complete' && each.step === 'write')?.number
  const logged = screen.panel.getByText('writing to Ada')
  await page.goto(at(`/runs/${run}?checkpoint=${written}&tab=logs`))
  await screen.panel.getByText(`Up to checkpoint ${written}`).waitFor()
  await expect.poll(() => logged.count()).toBe(1)
  await screen.tab('Errors').click()
  await screen.panel.getByText('Nothing has gone wrong').waitFor()
  await screen.tab('Attempts').click()
  await expect.poll(() => screen.panel.getByRole('listitem').count()).toBe(2)
  await screen.tab('Logs').click()
  await page.keyboard.press('Escape')
  await screen.past().waitFor({ state: 'detached' })
  await expect.poll(() => logged.count()).toBe(2)

  // One key to what failed, one to the loop, one to the question; where there is no further one, that is told.
  const stops = [
    ['e', 'error', /error recovery, read/],
    ['i', 'loop', /step complete, read(?!, iteration)/],
    ['d', 'decision', /step complete, read, iteration 2/],
  ] as const
  for (const [key, stop, moment] of stops) {
    await page.keyboard.press(`Shift+${key.toUpperCase()}`)
    await expect.poll(() => screen.checkpoint().getAttribute('aria-valuetext')).toMatch(moment)
    await page.keyboard.press(key)
    await screen.told(`No later ${stop} on this branch`).waitFor()
    for (let back = 0; back < 3; back += 1) await page.keyboard.press(`Shift+${key.toUpperCase()}`)
    await screen.told(`No earlier ${stop} on this branch`).waitFor()
    await page.keyboard.press('Escape')
    await screen.past().waitFor({ state: 'detached' })
  }

  await page.keyboard.press('Escape')
  await screen.tab('Run').waitFor()
  for (const name of ['Run', 'State', 'Changes', 'Attempts', /^Errors/, 'Logs', 'Journal']) {
    await screen.tab(name).click()
    await expectAccessible(page)
  }
})

test('it is followed live, up to its end', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await start(client, { to: 'Grace' })
  const { decision: { id: decision } } = await asked(client, run)
  await page.goto(at(`/runs/${run}?tab=journal`))
  const screen = new RunPage(page)
  await screen.panel.getByText('approve asks a person (approve, reject), due in 1 d').waitFor()
  await client.api.decisions.decide({ run, decision, action: 'approve', note: 'well said', actor: 'Ada' })
  await screen.panel.getByText('Decided: “approve” by Ada — well said').waitFor()
  await screen.says('Failed at file: the cabinet is full.').waitFor()
  await screen.tab(/^Errors/).click()
  await screen.panel.getByText('letter.ts').first().waitFor()

  // What cannot be done stays, and says why.
  await screen.action('Pause').hover()
  await page.getByText('the run has ended: it is failed').first().waitFor()
})

test('it is paused, resumed and cancelled, with what follows said before', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const run = await start(client, { to: 'Alan' })
  await asked(client, run)
  await page.goto(at(`/runs/${run}`))
  const screen = new RunPage(page)
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await page.keyboard.press('p')
  await screen.told('The run is paused').waitFor()
  await screen
    .says(/^Paused/)
    .first()
    .waitFor()
  await screen.action('Resume').click()
  await screen.told('The run goes on').waitFor()

  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: /^Cancel letter/ })
  await dialog.getByText('Its open decision is withdrawn.').waitFor()
  await expectAccessible(page)
  await dialog.getByLabel('Why').fill('not needed any more')
  await dialog.getByRole('button', { name: 'Cancel the run' }).click()
  await screen.told('The run is cancelled').waitFor()
  expect((await client.api.runs.get({ run })).record.status).toBe('cancelled')
})

test('a run that is not there is no blank page', async () => {
  const { page, at } = await openConsole(await workspaceOf(files))
  await page.goto(at('/runs/01J00000000000000000000000'))
  await page.getByText('This workspace has no such run').waitFor()
  await page.goto(at('/runs/nonsense'))
  await page.getByText('This workspace has no such run').waitFor()
})
