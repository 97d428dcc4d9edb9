/** The journal of a run of several hundred entries: older ones are read on demand, and what is read stays in sight. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { asked } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { openConsole, withBrowser } from './console.ts'
import { JournalPart } from './pages/journal-part.ts'

withBrowser()

/** Turns three hundred times, then asks whether to go on turning. */
const turning = `import { workflow, z } from 'cairn'

export default workflow('turning', { version: 1, input: z.object({}) })
  .step('turn', { next: { to: ['turn'], max: 500, choose: ({ iteration }) => (iteration < 300 ? 'turn' : undefined) } }, ({ iteration }) => iteration)
  .approval('approve', { needs: ['turn'], actions: { primary: 'approve' } })
  .step('settle', { needs: ['approve'] }, () => null)
`

test('older entries are read as somebody comes to them, and what is read stays where it is', async () => {
  const { page, client, at } = await openConsole(await workspaceOf({ 'workflows/turning.ts': turning }))
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('turning'), input: {} })
  const { decision: { id: decision } } = await asked(client, id)
  const { version: total } = (await client.api.runs.get({ run: id })).record

  const requests: string[] = []
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('/runs/journal')) requests.push(String(payload))
    }),
  )
  await page.goto(at(`/runs/${id}?tab=journal`))
  const journal = new JournalPart(page)
  await journal.says(`${total} entries`).waitFor()
  await journal.entry('approve asks a person').waitFor()
  const pages = requests.length
  expect(pages).toBeLessThan(3)

  await journal.readTo('The run of turning, version 1, was created')
  expect(requests.length).toBeGreaterThan(pages)

  // In the middle of it, while more comes on top.
  await journal.scrollBack(400)
  const [before, place] = await journal.first()
  await client.api.decisions.decide({ run: id, decision, action: 'approve', note: null, actor: 'Ada' })
  await page.locator('header').getByText('Completed').first().waitFor()
  expect(await journal.first()).toEqual([before, place])
  await journal.newest.click()
  await journal.entry('The run completed').waitFor()
  expect(await journal.newest.isVisible()).toBe(false)

  // At a moment it ends with the entry that took its checkpoint, however far back that is.
  await page.goto(at(`/runs/${id}?tab=journal&checkpoint=0`))
  await journal.says('Up to checkpoint 0').waitFor()
  await journal.says('1 entry').waitFor()
  await journal.entry('The run of turning, version 1, was created').waitFor()
  expect(await journal.entry('approve asks a person').count()).toBe(0)
})
