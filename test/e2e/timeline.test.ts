/** The timeline of a run: a part of it enlarged, moved along, and followed by the selection. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { RunPage } from './pages/run-page.ts'
import { watchScrub } from './pages/scrub-watch.ts'
import { TimelinePart } from './pages/timeline-part.ts'

withBrowser()

const turning = `import { workflow, z } from 'cairn'

export default workflow('turning', { version: 1, input: z.object({}) })
  .step('begin', () => null)
  .step('turn', { needs: ['begin'] }, () => null)
  .step(
    'again',
    { needs: ['turn'], next: { to: ['turn'], max: 200, choose: ({ iteration }) => (iteration < 150 ? 'turn' : undefined) } },
    ({ iteration }) => iteration,
  )
`

/** A run that went round 150 times, and the timeline of it. */
async function turnedRun(): Promise<{ readonly page: Page; readonly timeline: TimelinePart }> {
  const { page, client, at } = await openConsole(await workspaceOf({ 'workflows/turning.ts': turning }))
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('turning'), input: {} })
  for await (const item of client.followRun(id)) {
    const record = item.type === 'whole' ? item.detail.record : item.type === 'changed' ? item.record : undefined
    if (record?.status === 'completed') break
  }
  await page.goto(at(`/runs/${id}`))
  const timeline = new TimelinePart(page)
  await expect.poll(() => timeline.marks.count()).toBeGreaterThan(5)
  return { page, timeline }
}

test('a part of the time is enlarged by keys, buttons and the wheel, and what is chosen comes into sight', async () => {
  const { page, timeline } = await turnedRun()
  expect(await timeline.button('Show the whole timeline').isDisabled()).toBe(true)

  for (let pressed = 0; pressed < 6; pressed += 1) await page.keyboard.press('+')
  await expect.poll(() => timeline.seen()).toMatch(/^shows .* to /)
  const middle = await timeline.seen()
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => timeline.seen()).not.toBe(middle)
  await expectAccessible(page)

  // The first checkpoint is out of sight, until it is chosen.
  await page.goto(`${page.url()}?checkpoint=0`)
  await timeline.button('Zoom into the timeline').click()
  await expect.poll(() => timeline.chosen.isVisible()).toBe(true)
  for (let pressed = 0; pressed < 4; pressed += 1) await page.keyboard.press('+')
  await timeline.drag(-600)
  const elsewhere = await timeline.seen()
  await page.keyboard.press(']')
  await expect.poll(() => new RunPage(page).checkpoint().getAttribute('aria-valuenow')).toBe('1')
  await expect.poll(() => timeline.seen()).not.toBe(elsewhere)
  await expect.poll(() => timeline.chosenIsWithin()).toBe(true)

  await page.keyboard.press('0')
  await expect.poll(() => timeline.seen()).toBe('')
  await timeline.turnWheel(-600)
  await expect.poll(() => timeline.seen()).toMatch(/^shows/)
  await timeline.button('Show the whole timeline').click()
  await expect.poll(() => timeline.seen()).toBe('')

  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog', { name: 'Keys' }).getByText('Zoom into the timeline').waitFor()
})

test('under a dragged playhead the timeline goes along, graph and inspector are a frame behind it at most, and nothing else is drawn anew', async () => {
  const { page, timeline } = await turnedRun()
  // The first moments of a drag show what the present does not, and are not looked at.
  await timeline.scrub(1, 0.9)
  await expect.poll(() => new URL(page.url()).searchParams.has('checkpoint')).toBe(true)
  await page.mouse.move(0, 0)
  const told = await watchScrub(page, '.react-flow__node[data-id="begin"]')
  await timeline.scrub(0.9, 0.2, 60)
  await expect.poll(async () => new Set((await told()).last).size).toBe(1)
  const { moves, shown, astray, made } = await told()
  expect(shown.length).toBeGreaterThan(10)
  expect(moves.filter((each) => each > 1)).toEqual([])
  const ofBefore = ([, ...others]: readonly string[], index: number) => others.filter((number) => number !== shown[index]?.[0] && number !== shown[index - 1]?.[0])
  expect(shown.slice(1).filter((numbers, index) => ofBefore(numbers, index + 1).length > 0)).toEqual([])
  // By turns: neither waits for the other, nor for the hand to rest.
  for (const part of [1, 2]) expect(new Set(shown.map((numbers) => numbers[part])).size).toBeGreaterThan(5)
  expect(astray).toEqual([])
  // A step that stands as it has stood before has its icon still.
  expect(made).toEqual([...new Set(made)])
})

test('what a moment is shown in is made when a hand comes near, and seen when the playhead is taken hold of', async () => {
  const { page, timeline } = await turnedRun()
  const changes = page.locator('.inspector-tab.changes')
  await timeline.hover(0.5)
  await expect.poll(() => changes.count()).toBe(1)
  expect(await changes.isVisible()).toBe(false)
  await page.mouse.move(0, 0)
  await expect.poll(() => changes.count()).toBe(0)
  await timeline.scrub(0.5, 0.4)
  await changes.getByText(/^Checkpoint \d+$/).waitFor()
})
