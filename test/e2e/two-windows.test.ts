/**
 * Two people, each at a window of their own, press at the same moment: what both wish waits on its way until the other
 * wishes, too, so that both have seen the same state of the run.
 */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import type { DecisionView } from '../../src/model/views.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import { asked } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { openConsole, openScreen, withBrowser } from './console.ts'
import { AttentionPage } from './pages/attention-page.ts'
import { RestorePart } from './pages/restore-part.ts'
import { RunPage } from './pages/run-page.ts'

withBrowser()

/** High enough that what is told in passing lies over no button. */
const screen = { reducedMotion: 'reduce', viewport: { width: 1280, height: 1400 } } as const

const rounds = Math.max(8, Math.round(100 * Number(process.env['CAIRN_SCALE'] ?? 0.1)))

const letter = `import { workflow, z } from 'cairn'

export default workflow('letter', { version: 1, input: z.object({}) })
  .step('draft', () => ({ body: 'Dear reader' }))
  .approval('approve', { needs: ['draft'], actions: { primary: 'approve', secondary: ['reject'] } })
  .step('file', { needs: ['approve'] }, () => 'filed')
`

/** What one of them does to the run that asks. */
interface Act {
  /** Where the question is looked at. */
  place(asked: DecisionView): string
  /** Resolves once the window shows the very question, and the button that answers it. */
  isReady(page: Page, asked: DecisionView): Promise<void>
  press(page: Page): Promise<void>
  /** That it was done, and that it was not, with what the run is now. */
  done(page: Page): Locator
  notDone(page: Page): Locator
}

const restore: Act = {
  place: ({ run }) => `/runs/${run}`,
  async isReady(page) {
    const part = new RestorePart(page)
    const restart = page.getByRole('button', { name: /^Restart from the beginning/ })
    await new RunPage(page).tab('Restore').click()
    await part.moment(0).or(restart).waitFor()
    if (await restart.isVisible()) await restart.click()
    await part.group('Withdrawn').getByText('its open decision').waitFor()
  },
  press: (page) => new RestorePart(page).button().click(),
  done: (page) => new RunPage(page).told(/^Restored checkpoint 0/),
  notDone: (page) => new RunPage(page).told(/^Nothing was restored: the run is (running|waiting|completed) now/),
}

const decide: Act = {
  place: ({ run, decision }) => `/attention?decision=${run}.${decision.id}`,
  async isReady(page, { decision: { id } }) {
    await page.locator(`a.row[href*="${id}"]`).click()
    await page.waitForURL((url) => url.search.includes(id))
    await new AttentionPage(page).aside.getByText('file').first().waitFor()
  },
  press: (page) => new AttentionPage(page).answer('Approve').click(),
  done: (page) => new RunPage(page).told(/^Approved.*The run completed/s),
  notDone: (page) => new RunPage(page).told(/^Your answer was not taken: the run is (running|waiting|completed) now/),
}

/** Waits for what the window says, and closes what it told in passing. Resolves with whether it was done. */
async function isDone(page: Page, { done, notDone }: Act): Promise<boolean> {
  await done(page).or(notDone(page)).first().waitFor()
  const isDone = await done(page).isVisible()
  const told = isDone ? done(page) : notDone(page)
  await told.getByLabel('Close').click()
  await told.waitFor({ state: 'detached' })
  return isDone
}

const pairs: readonly (readonly [Act, Act])[] = [[restore, restore], [restore, decide], [decide, restore], [decide, decide]]

/** Holds the wishes of windows back until there are two. */
class Gate {
  #wishes: (() => void)[] = []

  async watch(page: Page): Promise<void> {
    await page.routeWebSocket(/./, (socket) => {
      const host = socket.connectToServer()
      socket.onMessage((message) => {
        if (/runs\/restore|decisions\/decide/.test(message.toString())) this.#wish(() => host.send(message))
        else host.send(message)
      })
    })
  }

  #wish(send: () => void): void {
    this.#wishes.push(send)
    if (this.#wishes.length === 2) for (const each of this.#wishes.splice(0)) each()
  }
}

// No second try: of two that both win, once is too often.
test(`of two windows that press at once, ${rounds} times over, one wins and the other says what the run is`, { timeout: 20_000 * rounds, retry: 0 }, async () => {
  const workspace = await workspaceOf({ 'workflows/letter.ts': letter })
  const { page: one, host, client, at } = await openConsole(workspace, screen)
  const { page: other } = await openScreen(host, screen)
  const windows = [one, other] as const
  const gate = new Gate()
  for (const page of windows) await gate.watch(page)

  // Each pair has a run of its own: one that was sent back a hundred times takes as long to draw as the pressing does.
  for (const [index, pair] of pairs.entries()) {
    const seats = windows.map((page, seat) => ({ page, act: pair[seat] ?? expect.fail() }))
    const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('letter'), input: {} })
    const first = await asked(client, run)
    await Promise.all(seats.map(({ page, act }) => page.goto(at(act.place(first)))))
    let restored = 0
    let approved = 0
    for (let round = index; round < rounds; round += pairs.length) {
      const { record } = await client.api.runs.get({ run })
      if (record.endedAt !== null) {
        await client.api.runs.restore({ run, checkpoint: 0 })
        restored += 1
      }
      const open = await asked(client, run)
      await Promise.all(seats.map(({ page, act }) => act.isReady(page, open)))
      await Promise.all(seats.map(({ page, act }) => act.press(page)))

      const said = await Promise.all(seats.map(({ page, act }) => isDone(page, act)))
      expect(said.filter((isIt) => isIt), `round ${round}`).toHaveLength(1)
      const winner = pair[said.indexOf(true)]
      if (winner === restore) restored += 1
      else approved += 1
    }

    // Nothing of it is lost: each restore has its branch, each approval its decision.
    const { record, decisions } = await client.api.runs.get({ run })
    expect(record).toMatchObject({ branch: restored, generation: restored })
    expect((await client.api.runs.branches({ run })).branches).toHaveLength(restored + 1)
    expect(decisions.filter(({ status }) => status === 'approved')).toHaveLength(approved)
    expect(decisions.filter(({ status, branch }) => status === 'pending' && branch !== restored)).toEqual([])
  }

  for (const page of windows) await page.close()
  client.close()
  await host.close()
  const reads = openReads(workspace)
  expect(reads.verify()).toMatchObject({ findings: [] })
  reads.close()
})
