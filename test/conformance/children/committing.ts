/** Commits on several runs at once, as fast as it can, and says what was acknowledged: run, version and position. */
import { randomBytes } from 'node:crypto'
import type { Committed } from '../../../src/engine/ports.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { SampleRun, sampleRevision, sampleStep } from '../samples.ts'
import { threads } from './threads.ts'

const [workspace = '', first = '1'] = process.argv.slice(2)

const { storage } = await openStore({
  ...threads,
  workspace,
  defer: setImmediate,
  clock: { now: () => Date.now(), at: (instant, call) => at(instant - Date.now(), call) },
  elapsed: () => performance.now(),
  randomness: { bytes: (count) => randomBytes(count) },
  troubled: (what, error) => {
    throw new Error(what, { cause: error })
  },
})
await storage.saveRevision(sampleRevision)
await Promise.all(Array.from({ length: 5 }, (_, index) => work(new SampleRun(storage, Number(first) + index))))

async function work(run: SampleRun): Promise<never> {
  say(await storage.commit(run.create({ steps: [sampleStep()] })))
  for (;;) {
    const value = run.seal(`output at version ${run.record.version}`)
    const changes = [{ key: `output/draft/${run.record.version}`, address: value.address }]
    say(await storage.commit(run.next({ steps: [sampleStep({ attempts: run.record.version })], values: [value], changes })))
  }
}

function say({ entry: { position }, summary: { id, version } }: Committed): void {
  process.stdout.write(`${id} ${version} ${position}\n`)
}

function at(delay: number, call: () => void): () => void {
  const timer = setTimeout(call, delay)
  return () => clearTimeout(timer)
}
