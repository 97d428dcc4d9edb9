/** openworkflow with its own SQLite backend, which commits with an fsync. Its worker is told when to look for work. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { OpenWorkflow } from 'openworkflow'
import { BackendSqlite } from 'openworkflow/sqlite'
import type { Contender, Place } from './contender.ts'
import { payloads } from './payload.ts'

export const openworkflow: Contender = {
  open: async ({ folder, durability }: Place, steps, inFlight) => {
    if (durability !== 'full') throw new Error('openworkflow commits with an fsync, and cannot be told otherwise')
    mkdirSync(folder, { recursive: true })
    const backend = BackendSqlite.connect(join(folder, 'openworkflow.db'))
    const ended = new Map<string, () => void>()
    const complete = backend.completeWorkflowRun.bind(backend)
    backend.completeWorkflowRun = async (params) => {
      const run = await complete(params)
      ended.get(params.workflowRunId)?.()
      return run
    }
    const client = new OpenWorkflow({ backend })
    const answer = payloads(1, 1_000)
    const workflow = client.defineWorkflow({ name: 'chain' }, async ({ step }) => {
      for (let index = 0; index < steps; index += 1) await step.run({ name: `s${index}` }, answer)
    })
    const worker = client.newWorker({ concurrency: inFlight })
    let looking: Promise<unknown> | undefined
    /** One look for all that were just asked for: each takes up as many as the worker has room for. */
    const look = (): Promise<unknown> =>
      (looking ??= new Promise(setImmediate).then(() => {
        looking = undefined
        return worker.tick()
      }))
    return {
      run: async () => {
        const { workflowRun } = await workflow.run({})
        const end = new Promise<void>((resolve) => ended.set(workflowRun.id, resolve))
        // A worker that has no room takes it up when one of its runs has ended.
        await look()
        await end
        ended.delete(workflowRun.id)
        // Its slot is free once the worker has heard of the end too.
        await new Promise(setImmediate)
      },
      [Symbol.asyncDispose]: () => backend.stop(),
    }
  },
}
