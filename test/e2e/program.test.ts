/** A step that runs a program, as it is watched: what was started, what it prints while it does, and how it ended. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended } from '../integration/moments.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { expectAccessible } from './accessible.ts'
import { openConsole, withBrowser } from './console.ts'
import { RunPage } from './pages/run-page.ts'

withBrowser()

const files = {
  'workflows/release.ts': `import { workflow, z } from 'cairn'

export default workflow('release', { version: 1, title: 'A release', input: z.object({}) })
  .shell('build', { effect: 'none', title: 'Build' }, () => ({ command: process.execPath, args: ['build.mjs'], cwd: 'app' }))
  .shell('deploy', { needs: ['build'], title: 'Deploy', exits: { 75: 'transient' } }, () => ({ command: process.execPath, args: ['-e', 'console.error("no such place"); process.exit(13)'] }))
`,
  'app/build.mjs': `import { existsSync } from 'node:fs'
console.log('compiling 214 modules')
console.error('warning: unused import in main.ts')
const look = setInterval(() => {
  if (existsSync('gate')) return
  clearInterval(look)
  for (let part = 1; part <= 100; part += 1) console.log('linked part ' + part)
}, 20)
`,
  'app/gate': '',
}

test('a program is watched while it runs, and told by its end', async () => {
  const workspace = await workspaceOf(files)
  const { page, client, at } = await openConsole(workspace)
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('release'), input: {} })
  await page.goto(at(`/runs/${run}?step=build`))
  const screen = new RunPage(page)
  const program = screen.panel.getByRole('region', { name: 'Program', exact: true })
  const printed = program.getByRole('log')
  await printed.getByText('compiling 214 modules').waitFor()
  await printed.getByText('warning: unused import').waitFor()
  await program.getByText('build.mjs').waitFor()
  await program.getByText('not yet: it runs').waitFor()
  expect(await printed.locator('.line', { hasText: 'warning' }).locator('.stream').textContent()).toBe('err')
  await expectAccessible(page)

  rmSync(join(workspace, 'app', 'gate'))
  await ended(client, run)
  await program.getByText('exit code 0').waitFor()
  // It stays at the newest, and only what is in sight is drawn.
  await printed.getByText('linked part 100', { exact: true }).waitFor()
  expect(await printed.locator('.line').count()).toBeLessThan(60)
  await program.getByLabel('Which stream').selectOption('stderr')
  await expect.poll(() => printed.locator('.line').count()).toBe(1)

  await screen.row('Deploy').click()
  await program.getByText('exit code 13').waitFor()
  await printed.getByText('no such place').waitFor()
  await screen.panel.getByText('75 is transient').waitFor()
  await expectAccessible(page)
})

test('what was printed before is there for whoever comes later', async () => {
  const workspace = await workspaceOf(files)
  rmSync(join(workspace, 'app', 'gate'))
  const { page, client, host, at } = await openConsole(workspace)
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('release'), input: {} })
  await ended(client, run)
  writeFileSync(join(workspace, 'seen'), host.workspace)
  await page.goto(at(`/runs/${run}?step=build`))
  const program = new RunPage(page).panel.getByRole('region', { name: 'Program', exact: true })
  await program.getByText('compiling 214 modules').or(program.getByText('linked part 100', { exact: true })).first().waitFor()
  await program.getByText('exit code 0').waitFor()
})
