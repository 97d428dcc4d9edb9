/** A run that waits for a person, and damage of the store that it is in. */
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import type { RunStatus } from '../../src/model/status.ts'
import { storePaths } from '../../src/store/paths.ts'

const letter = WorkflowName.parse('letter')

/** A run that waits for a person with one step behind it. */
export const waiting = `
  import { workflow, z } from 'cairn'
  export default workflow('letter', { version: 1, input: z.object({}) })
    .step('draft', { output: z.object({ text: z.string() }) }, async () => ({ text: 'Dear Ada' }))
    .approval('ok', { needs: ['draft'], shows: ({ outputs }) => outputs.draft, actions: { primary: 'approve' } })
`

/** Changes rows of the file behind the host's back. */
export function damage(workspace: string, sql: string): void {
  const db = new Database(storePaths(workspace).store)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}

export async function waitingRun(client: Client, workflow = letter): Promise<RunId> {
  const { id } = await client.api.runs.start({ workflow, input: {} })
  await reached(client, id, 'waiting')
  return id
}

export async function reached(client: Client, run: RunId, status: RunStatus): Promise<void> {
  for await (const item of client.followRun(run)) {
    const record = item.type === 'whole' ? item.detail.record : item.type === 'changed' ? item.record : undefined
    if (record?.status === status) return
  }
  throw new Error('the stream ended')
}
