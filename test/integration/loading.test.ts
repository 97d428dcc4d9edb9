/** A host while it is still looking at the files of its workspace, and what it says of them on the terminal. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { connectSocket } from '../../src/client/socket.ts'
import type { WorkflowEntry } from '../../src/contract/workflows.ts'
import { serve } from '../../src/host/serve.ts'
import { startHost } from '../../src/host/start.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { bundledPrograms } from '../bundled-program.ts'
import { hostOf, scratchFolder, workspaceOf } from './workspaces.ts'

const trusts = () => Promise.resolve(false)

const quick = (name: string, version = 1): string => `import { workflow, z } from 'cairn'
export default workflow('${name}', { version: ${version}, input: z.object({}) }).step('one', () => 1)
`

test('a host answers before all is loaded: who asks for a workflow waits for that one, or until there are no more', async () => {
  const go = join(scratchFolder(), 'go')
  const slow = `import { existsSync } from 'node:fs'\nwhile (!existsSync(${JSON.stringify(go)}));\n${quick('slow')}`
  const workspace = await workspaceOf({ 'workflows/quick.ts': quick('quick'), 'workflows/slow.ts': slow })
  const host = await startHost({ workspace, port: null, role: 'serve', trusts, ...bundledPrograms })
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

test('while the store does not take what the files hold, nothing is said of them but that, and why; then they are looked at by themselves', async () => {
  const go = join(scratchFolder(), 'go')
  const slow = `import { existsSync } from 'node:fs'\nwhile (!existsSync(${JSON.stringify(go)}));\n${quick('slow')}`
  const workspace = await workspaceOf({ 'workflows/slow.ts': slow })
  const taken = Promise.withResolvers<void>()
  const host = await startHost({ workspace, port: null, role: 'serve', trusts, changed: () => taken.resolve(), ...bundledPrograms })
  const client = connectSocket(host.socket)
  onTestFinished(async () => {
    client.close()
    await host.close()
  })
  const other = new Database(storePaths(workspace).store)
  other.exec('BEGIN IMMEDIATE')
  writeFileSync(go, '')
  const unknown = { code: 'UNAVAILABLE', message: expect.stringMatching(/^the workflows could not be looked at: .*another process holds it/) }
  const workflow = WorkflowName.parse('slow')
  await expect(client.api.runs.start({ workflow, input: {} })).rejects.toMatchObject(unknown)
  await expect(client.api.workflows.list()).rejects.toMatchObject(unknown)
  other.close()
  await taken.promise
  expect(await client.api.runs.start({ workflow, input: {} })).toMatchObject({ workflow })
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
  const { client, place, once } = await workspaceThatChanges()
  const start = () => client.api.runs.start({ workflow: WorkflowName.parse('first'), input: {} })
  await once(() => writeFileSync(place('a.ts'), 'export default 1 +'), isRefusedFor('cannot be bundled'))
  await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('cannot be bundled') })
  await once(() => writeFileSync(place('a.ts'), '// Nothing yet.\nexport const nothing = 1'), isRefusedFor('default'))
  await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('default') })
  await once(() => rmSync(place('a.ts')), (now) => now === null)
  await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('does not hold it any more') })
  await once(() => writeFileSync(place('a.ts'), quick('first', 2)), (now) => now?.state === 'ready')
  expect(await start()).toMatchObject({ workflowVersion: 2 })
})

test('a file that is gone takes nothing from the one that holds its workflow since', async () => {
  const { client, place, once } = await workspaceThatChanges()
  await once(() => writeFileSync(place('a.ts'), 'export default 1 +'), isRefusedFor('cannot be bundled'))
  await once(() => writeFileSync(place('b.ts'), quick('first', 2)), (now) => now?.state === 'ready')
  await once(() => rmSync(place('a.ts')), (now) => now === null)
  expect(await client.api.runs.start({ workflow: WorkflowName.parse('first'), input: {} })).toMatchObject({ workflowVersion: 2 })
})

type Now = WorkflowEntry | null

/** A host whose workspace holds a workflow; a change of its files has been made once what one of them holds is so. */
async function workspaceThatChanges() {
  const workspace = await workspaceOf({ 'workflows/a.ts': quick('first') })
  let heard = (_now: Now): void => undefined
  const { client } = await hostOf(workspace, { changed: (_file, now) => heard(now) })
  return {
    client,
    place: (file: string): string => join(workspace, 'workflows', file),
    // A file that is being written is read half written too.
    once: (change: () => void, isSo: (now: Now) => boolean): Promise<void> =>
      new Promise((resolve) => {
        heard = (now) => isSo(now) && resolve()
        change()
      }),
  }
}

function isRefusedFor(why: string): (now: Now) => boolean {
  return (now) => now?.state === 'refused' && now.failures[0]?.message.includes(why) === true
}

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
  const served = serve({ workspace, port: 0, trusts, programs: bundledPrograms, say, signal: stopped.signal })

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
