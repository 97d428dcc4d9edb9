/** A host while it is still looking at the files of its workspace, and what it says of them on the terminal. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectSocket } from '../../src/client/socket.ts'
import { serve } from '../../src/host/serve.ts'
import { startHost } from '../../src/host/start.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { hostOf, scratchFolder, workspaceOf } from './workspaces.ts'

const trusts = () => Promise.resolve(false)

const quick = (name: string, version = 1): string => `import { workflow, z } from 'cairn'
export default workflow('${name}', { version: ${version}, input: z.object({}) }).step('one', () => 1)
`

test('a host answers before all is loaded: who asks for a workflow waits for that one, or until there are no more', async () => {
  const go = join(scratchFolder(), 'go')
  const slow = `import { existsSync } from 'node:fs'\nwhile (!existsSync(${JSON.stringify(go)}));\n${quick('slow')}`
  const workspace = await workspaceOf({ 'workflows/quick.ts': quick('quick'), 'workflows/slow.ts': slow })
  const host = await startHost({ workspace, port: null, role: 'serve', trusts })
  const client = connectSocket(host.socket)
  onTestFinished(async () => {
    client.close()
    await host.close()
  })

  expect((await client.api.workflows.list()).workflows).not.toEqual([])
  const run = await client.api.runs.start({ workflow: WorkflowName.parse('quick'), input: {} })
  expect(run.workflow).toBe('quick')
  expect(await client.api.workflows.list()).toMatchObject({ workflows: [{ name: 'quick' }], unread: 1 })

  const later = client.api.workflows.get({ workflow: WorkflowName.parse('slow') })
  const never = client.api.runs.start({ workflow: WorkflowName.parse('nothing'), input: {} })
  writeFileSync(go, '')
  expect((await later).manifest.name).toBe('slow')
  await expect(never).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await client.api.workflows.list()).toMatchObject({ workflows: [{ name: 'quick' }, { name: 'slow' }], unread: 0 })
})

test('that a file is gone is news, although no entry tells of it', async () => {
  const workspace = await workspaceOf({ 'workflows/a.ts': quick('first') })
  const { client } = await hostOf(workspace)
  for await (const item of client.watchNews()) {
    if (item.type === 'opened') rmSync(join(workspace, 'workflows/a.ts'))
    else if (item.touched.workflows) break
  }
  expect(await client.api.workflows.list()).toEqual({ workflows: [], unread: 0 })
})

test('why nothing new is started of a workflow is what stands in its way now, and not what did before', async () => {
  const file = 'workflows/a.ts'
  const workspace = await workspaceOf({ [file]: quick('first') })
  let changed = Promise.withResolvers<void>()
  const { client } = await hostOf(workspace, { changed: () => changed.resolve() })
  const path = join(workspace, file)
  const after = async (change: () => void): Promise<unknown> => {
    changed = Promise.withResolvers()
    change()
    await changed.promise
    return client.api.runs.start({ workflow: WorkflowName.parse('first'), input: {} }).catch((error: unknown) => error)
  }
  expect(await after(() => writeFileSync(path, 'export default 1 +'))).toMatchObject({ message: expect.stringContaining('cannot be bundled') })
  expect(await after(() => writeFileSync(path, 'export const nothing = 1'))).toMatchObject({ message: expect.stringContaining('default') })
  expect(await after(() => rmSync(path))).toMatchObject({ message: expect.stringContaining('does not hold it any more') })
  expect(await after(() => writeFileSync(path, quick('first', 2)))).toMatchObject({ workflowVersion: 2 })
})

test('a file that is gone takes nothing from the one that holds its workflow since', async () => {
  const workspace = await workspaceOf({ 'workflows/a.ts': quick('first') })
  const place = (file: string): string => join(workspace, 'workflows', file)
  let changed = Promise.withResolvers<void>()
  const { client } = await hostOf(workspace, { changed: () => changed.resolve() })
  for (const change of [
    () => writeFileSync(place('a.ts'), 'export default 1 +'),
    () => writeFileSync(place('b.ts'), quick('first', 2)),
    () => rmSync(place('a.ts')),
  ]) {
    changed = Promise.withResolvers()
    change()
    await changed.promise
  }
  expect(await client.api.runs.start({ workflow: WorkflowName.parse('first'), input: {} })).toMatchObject({ workflowVersion: 2 })
})

test('the terminal is told of each file: when it is loaded, refused, loaded again, and gone', async () => {
  const workspace = await workspaceOf({ 'workflows/a.ts': quick('first') })
  const lines: string[] = []
  let look = (): void => undefined
  const until = (words: string): Promise<void> =>
    new Promise((resolve) => {
      look = () => lines.some((line) => line.includes(words)) && resolve()
      look()
    })
  const say = (line: string): void => {
    lines.push(line)
    look()
  }
  const stopped = new AbortController()
  const served = serve({ workspace, port: 0, trusts, say, signal: stopped.signal })

  await until('  workflow   first, version 1, from workflows/a.ts')
  writeFileSync(join(workspace, 'workflows/a.ts'), quick('first', 2))
  await until('  workflow   first, version 2, from workflows/a.ts')
  writeFileSync(join(workspace, 'workflows/a.ts'), 'export default 1 +')
  await until('  workflow   workflows/a.ts is refused: workflows/a.ts: it cannot be bundled')
  rmSync(join(workspace, 'workflows/a.ts'))
  await until('  workflow   what workflows/a.ts held is gone')
  stopped.abort()
  await served
  expect(lines[0]).toMatch(/is running/)
  expect(lines.at(-1)).toMatch(/stopping/)
})
