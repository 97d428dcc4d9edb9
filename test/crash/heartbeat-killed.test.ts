/** An hour's work goes on where it was, though the host was killed in the middle of it, and after that its process. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { workspaceOf } from '../integration/workspaces.ts'
import { HostProcess } from './killed-host.ts'

/** Each try reads one page more than the one before it, and then sits there for as long as nobody kills it. */
const longWorkflow = `
  import { workflow, z } from 'cairn'

  export default workflow('long', { version: 1, input: z.object({}) })
    .step('read', { heartbeat: '10m', retry: { attempts: 3, initial: '1ms' } }, async ({ heartbeat, lastHeartbeat }) => {
      const page = (lastHeartbeat?.page ?? 0) + 1
      if (page > 2) return { page }
      heartbeat({ page, pid: process.pid })
      await new Promise(() => setInterval(() => {}, 1_000))
    })
`

/** Pages that attempts have said they are at, as far as the store holds them now. */
function heartbeatsStored(workspace: string): number {
  const db = new Database(join(workspace, '.cairn', 'store.db'), { readonly: true })
  try {
    return Number(db.prepare("SELECT count(*) FROM signal WHERE type = 'heartbeat'").pluck().get())
  } finally {
    db.close()
  }
}

/** The process that is at a page, once it says so. */
async function processAt({ client }: HostProcess, run: RunId, page: number): Promise<number> {
  const said = async (): Promise<unknown[]> => {
    const { signals } = await client.api.runs.signals({ run })
    return signals.flatMap((signal) => (signal.type === 'heartbeat' ? [signal.value] : []))
  }
  await expect.poll(said).toContainEqual({ page, pid: expect.any(Number) })
  const pids = (await said()).flatMap((value) => {
    const isIt = typeof value === 'object' && value !== null && 'page' in value && value.page === page
    return isIt && 'pid' in value ? [Number(value.pid)] : []
  })
  return pids[0] ?? 0
}

test('the next attempt goes on from the last heartbeat, after a kill of the host and one of its process', async () => {
  const workspace = await workspaceOf({ 'workflows/long.ts': longWorkflow })
  const first = await HostProcess.start(workspace)
  const { id: run } = await first.client.api.runs.start({ workflow: WorkflowName.parse('long'), input: {} })
  await processAt(first, run, 1)
  await expect.poll(() => heartbeatsStored(workspace)).toBe(1)
  await first.kill()

  const second = await HostProcess.start(workspace)
  onTestFinished(async () => void (await second.stop()))
  process.kill(await processAt(second, run, 2), 'SIGKILL')
  await expect.poll(async () => (await second.client.api.runs.get({ run })).record.status).toBe('completed')
  const { steps } = await second.client.api.runs.get({ run })
  expect(steps).toMatchObject([{ attempts: 3, tries: 2, status: 'completed' }])
  const { value } = await second.client.api.runs.value({ run, address: steps[0]?.output ?? '' })
  expect(value).toEqual({ page: 3 })
})
