/**
 * DBOS, which keeps its runs in PostgreSQL: a transaction before a run begins, one after each step and one at its end, each
 * answered after its fsync. With as many connections as it takes by itself: with more it was slower.
 */
import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Contender, Place } from './contender.ts'
import { payloads } from './payload.ts'

// What it warns of when it is loaded is the business of its makers.
process.noDeprecation = true

/** The one run that is killed and taken up. */
const workflowID = 'killed'

/** Registers a workflow of so many steps, and connects to where its runs are kept. */
async function launched({ server = '' }: Place, steps: number, step: (index: number) => string) {
  const chain = async (): Promise<void> => {
    for (let index = 0; index < steps; index += 1) await DBOS.runStep(() => Promise.resolve(step(index)), { name: `s${index}` })
  }
  const run = DBOS.registerWorkflow(chain, { name: 'chain' })
  DBOS.setConfig({ name: 'bench', applicationVersion: '1', systemDatabaseUrl: server, runMigrations: false, logLevel: 'error' })
  await DBOS.launch()
  return run
}

export const dbos: Contender = {
  open: async (place, steps) => {
    const run = await launched(place, steps, payloads(1, 1_000))
    return { run: () => run(), [Symbol.asyncDispose]: () => DBOS.shutdown() }
  },

  crash: async (place) => {
    const answer = payloads(1, 1_000)
    const run = await launched(place, 100, (index) => {
      if (index === 50) process.kill(process.pid, 'SIGKILL')
      return answer()
    })
    await DBOS.startWorkflow(run, { workflowID })()
    await new Promise(() => undefined)
  },

  resume: async (place, said) => {
    const answer = payloads(1, 1_000)
    const begun: number[] = []
    await launched(place, 100, (index) => {
      begun.push(index)
      if (index === 51) said()
      return answer()
    })
    await DBOS.retrieveWorkflow(workflowID).getResult()
    if (begun[0] !== 50 || begun.length !== 50) throw new Error(`these ran again: ${begun.join()}`)
    await DBOS.shutdown()
  },
}
