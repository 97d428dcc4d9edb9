/** The graph of a large run: folded, found by search, walked by keyboard. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { GraphPart } from './pages/graph-part.ts'

withBrowser()

const lanes = Array.from({ length: 80 }, (_, lane) => `lane${lane}`)
const passes = '() => null'
const fails = "() => { throw new PermanentError('lane 41 is closed') }"

/** 80 lanes between two steps, one of which fails; what is at the end asks a person. */
const large = `import { PermanentError, workflow, z } from 'cairn'

export default workflow('large', { version: 1, input: z.object({}) })
  .step('split', ${passes})
  ${lanes.map((lane) => `.step('${lane}', { needs: ['split'], optional: true }, ${lane === 'lane41' ? fails : passes})`).join('\n  ')}
  .step('gather', { needs: ${JSON.stringify(lanes)}, join: 'settled' }, ${passes})
  .approval('approve', { needs: ['gather'], actions: { primary: 'approve' } })
`

test('a large graph is folded, and everything of it is reached by keyboard', async () => {
  const { page, client, at } = await openConsole(await workspaceOf({ 'workflows/large.ts': large }))
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('large'), input: {} })
  for await (const item of client.followRun(id)) {
    if (item.type === 'changed' && item.record.waiting === 'decision') break
    if (item.type === 'whole' && item.detail.record.waiting === 'decision') break
  }
  await page.goto(at(`/runs/${id}`))
  const graph = new GraphPart(page)
  await graph.step(/^80 steps side by side, folded: lane0 to lane79, 79 completed, 1 skipped$/).waitFor({ state: 'attached' })
  expect(await graph.steps.count()).toBe(4)

  await graph.list.focus()
  await page.keyboard.press('n')
  await expect.poll(() => graph.current()).toMatch(/^approve, approval, needs a decision/)
  await page.keyboard.press('h')
  await expect.poll(() => graph.current()).toMatch(/^gather, code, completed/)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => graph.current()).toMatch(/^80 steps/)

  await page.keyboard.press('/')
  await page.keyboard.type('lane41')
  await page.keyboard.press('Enter')
  await expect.poll(() => graph.current()).toMatch(/^lane41, code, skipped, it failed, and is optional/)
  await expect.poll(() => graph.node('lane41').isVisible()).toBe(true)
  await graph.step(/^79 steps side by side/).waitFor({ state: 'attached' })
  await expect.poll(() => new URL(page.url()).searchParams.get('step')).toBe('lane41')
  await page.keyboard.press('Escape')
  await expectAccessible(page)

  await page.keyboard.press('Escape')
  await expect.poll(() => graph.current()).toBeUndefined()
  await page.getByRole('button', { name: 'Unfold all steps' }).click()
  await expect.poll(() => graph.steps.count()).toBe(83)
})
