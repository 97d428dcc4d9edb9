/** Cairn with the workflow's code in executor processes, as a host runs it. */
import { join } from 'node:path'
import { systemClock } from '../../src/effects/clock.ts'
import { createExecution, type Executor } from '../../src/effects/executor/executor.ts'
import { ExecutorLimits } from '../../src/effects/executor/limits.ts'
import { loadWorkflow } from '../../src/effects/loader/load-workflow.ts'
import { forked } from '../../src/host/spawn.ts'
import { openCairn } from './cairn.ts'
import type { Contender } from './contender.ts'

const workspace = join(import.meta.dirname, '..', 'store', 'workspace')
const trust = { isTrusted: () => Promise.resolve(true) }

export const cairnProcesses: Contender = {
  open: async (place) => {
    const { hash, manifest, bundle } = await loadWorkflow(workspace, 'workflows/chain.ts', { trust })
    const limits = ExecutorLimits.parse({})
    const executors: Executor[] = []
    const open = await openCairn(place, { hash, manifest, bundle, loadedAt: 0 }, (storage) => {
      const execution = createExecution({
        startProcess: forked('executor', limits.memory),
        revision: (wanted) => storage.revision(wanted),
        clock: systemClock,
        workspace,
        smtp: () => null,
        limits,
      })
      executors.push(execution)
      return execution
    })
    return {
      run: open.run,
      [Symbol.asyncDispose]: async () => {
        await Promise.all(executors.map((execution) => execution.close()))
        await open[Symbol.asyncDispose]()
      },
    }
  },
}
