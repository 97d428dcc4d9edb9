/** A run that goes round in a circle is shown for what it is, and where its step asks, a person ends that. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'

withBrowser()

/** A review that is never content, and says so in the same words each time. */
const reviewing = (name: string, more: string): string => `
  import { workflow, z } from 'cairn'

  export default workflow('${name}', { version: 1, input: z.object({}) })
    .step('draft', () => ({ text: 'Dear Ada' }))
    .step('review', {
      needs: ['draft'],
      output: z.object({ verdict: z.string() }),
      next: { to: ['draft'], max: 100, choose: () => 'draft' },
      ${more}
    }, () => ({ verdict: 'not yet' }))
    .step('send', { needs: ['review'] }, () => 'sent')
`

const files = { 'workflows/stubborn.ts': reviewing('stubborn', ''), 'workflows/asking.ts': reviewing('asking', "onFailure: 'ask',") }

test('the circle is spelled out with the run, and leads to where it began', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('stubborn'), input: {} })
  await page.goto(at(`/runs/${run}?tab=errors`))
  await page.getByText('GoesInCircles').waitFor()
  expect(await page.getByRole('list', { name: 'Once round' }).getByRole('listitem').allTextContents()).toEqual(['draft', 'review'])
  await page.getByText('3 times, and back to draft once more').waitFor()
  await page.getByText(/^Failed: step review would send the run back to draft once more/).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'since iteration 1 of draft' }).click()
  await expect.poll(() => new URL(page.url()).search).toMatch(/step=draft.*iteration=1|iteration=1.*step=draft/)
})

test('where its step asks, a person has the run go on past it', async () => {
  const { page, client, at } = await openConsole(await workspaceOf(files))
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('asking'), input: {} })
  const status = async (): Promise<string> => (await client.api.runs.get({ run })).record.status
  await expect.poll(status).toBe('waiting')
  await page.goto(at('/attention'))
  await page.getByText('In a circle', { exact: true }).waitFor()
  await page.getByRole('list', { name: 'Once round' }).waitFor()
  await page.getByText(/has been going round in a circle/).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Go on past it/ }).click()
  await expect.poll(status).toBe('completed')
  const { steps } = await client.api.runs.get({ run })
  expect(steps.filter(({ step }) => step === 'review').map(({ status: each }) => each)).toEqual(['completed', 'completed', 'completed'])
})
