/** A run whose workflow has been mended goes on with it, told beforehand what becomes of its state. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { ended } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { GraphPart } from './pages/graph-part.ts'
import { RestorePart } from './pages/restore-part.ts'
import { RunPage } from './pages/run-page.ts'

withBrowser()

const first = `import { workflow, z } from 'cairn'

export default workflow('letter', { version: 1, input: z.object({ to: z.string() }) })
  .step('write', ({ input }) => ({ body: 'Dear ' + input.to }))
  .step('check', { needs: ['write'] }, () => 'fine')
  .step('post', { needs: ['check'], retry: { attempts: 1 } }, () => { throw new Error('no such box') })
`

const second = (migration: string): string => `import { workflow, z } from 'cairn'

export default workflow('letter', { version: 2, input: z.object({ to: z.array(z.string()) }) })
  .step('write', ({ input }) => ({ body: 'Dear ' + input.to.join() }))
  .step('sign', { needs: ['write'] }, ({ outputs }) => outputs.write.body + ', yours')
  .step('post', { needs: ['sign'] }, ({ outputs }) => outputs.sign)
  ${migration}
`

async function failedLetter(client: Client): Promise<RunId> {
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('letter'), input: { to: 'ana' } })
  await ended(client, id)
  return id
}

/** Writes the file anew, and waits until new runs would be of it. */
async function mend(client: Client, workspace: string, text: string): Promise<void> {
  writeFileSync(join(workspace, 'workflows', 'letter.ts'), text)
  const versions = async () => (await client.api.workflows.list()).workflows.map((each) => each.state === 'ready' && each.version)
  await expect.poll(versions, { timeout: 20_000 }).toEqual([2])
}

test('it goes on with the present definition, and the branch that it left is shown with its own', { timeout: 120_000 }, async () => {
  const workspace = await workspaceOf({ 'workflows/letter.ts': first })
  const { page, client, at } = await openConsole(workspace)
  const run = await failedLetter(client)
  await page.goto(at(`/runs/${run}?checkpoint=2&tab=restore`))
  const screen = new RunPage(page)
  const part = new RestorePart(page)
  const graph = new GraphPart(page)
  await part.group('Runs again').getByText('post').waitFor()
  expect(await part.definition().count()).toBe(0)

  await mend(client, workspace, second('.migrate(1, ({ input, ...rest }) => ({ ...rest, input: { to: [String(input.to)] } }))'))
  await part.definition().selectOption('as it is now: version 2')
  const migrated = part.group('From version 1 to version 2')
  await migrated.getByText('migrated from version 1').waitFor()
  await migrated.getByRole('listitem').filter({ hasText: 'steps that are new' }).getByText('sign').waitFor()
  await migrated.getByRole('listitem').filter({ hasText: 'steps that are gone' }).getByText('check').waitFor()
  await migrated.getByRole('listitem').filter({ hasText: 'values that change' }).getByText('input').waitFor()
  await expectAccessible(page)

  await part.button().click()
  await ended(client, run, 1)
  await screen.says('Completed: nothing is left to do.').waitFor()
  await graph.step(/^sign, code, completed/).waitFor({ state: 'attached' })

  await page.keyboard.press('b')
  await part.branch('main').getByRole('button', { name: /^main/ }).click()
  await graph.step(/^check, code, completed/).waitFor({ state: 'attached' })
  expect(await graph.step(/^sign/).count()).toBe(0)
})

test('what is missing for it is named, and nothing is done', { timeout: 120_000 }, async () => {
  const workspace = await workspaceOf({ 'workflows/letter.ts': first })
  const { page, client, at } = await openConsole(workspace)
  const run = await failedLetter(client)
  await mend(client, workspace, second(''))
  await page.goto(at(`/runs/${run}?checkpoint=2&tab=restore`))
  const part = new RestorePart(page)
  await part.definition().selectOption('as it is now: version 2')
  await page.getByText('write .migrate(1, …) in workflows/letter.ts').waitFor()
  expect(await part.button().getAttribute('aria-disabled')).toBe('true')
  await part.definition().selectOption('as it was: version 1')
  await part.group('Runs again').getByText('post').waitFor()
  expect((await client.api.runs.get({ run })).record.branch).toBe(0)
})
