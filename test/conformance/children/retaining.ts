/**
 * A host over a real store that removes runs and dies at a point of that, or nowhere.
 *
 * Given: the workspace, the point, and the turn, by which it dies at the first of what the point names, or a later one.
 * Says `removed` once it is done.
 */
import { flushCompileCache } from 'node:module'
import { systemClock } from '../../../src/effects/clock.ts'
import { systemRandomness } from '../../../src/effects/randomness.ts'
import { hostActor } from '../../../src/model/actor.ts'
import { unbounded } from '../../../src/model/retention.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { type RemovalPoint, shrunk, trimmed, written } from '../../crash/removal-points.ts'
import { threads } from './threads.ts'
import { watchSql, watchWriting } from './writing.ts'

// A process that is killed would leave nothing of it to the next one.
flushCompileCache()

const [workspace = '', point = '', turn = '0'] = process.argv.slice(2)
const tableOf = (tables: Readonly<Record<string, string>>): string | undefined => tables[point]
const deadly = tableOf(written)
const deadlyOfStaying = tableOf(trimmed)
/** Some are reached no more than once. */
const isRare = ['with a lineage removed', 'journaled', 'with a value removed that nothing else names'].includes(point) || /file|pages|WAL/.test(point)
let left = isRare ? 1 : 1 + (Number(turn) % 3)
let isRemoving = false
let isTrimming = false

function at(reached: RemovalPoint): void {
  if (isRemoving && reached === point) die()
}

function die(): void {
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

function fault(what: string, error: unknown): never {
  throw new Error(what, { cause: error })
}

watchWriting((table) => {
  if (isRemoving && table === (isTrimming ? deadlyOfStaying : deadly)) die()
})
watchSql((sql, work) => {
  const [what] = Object.entries(shrunk).find(([, begins]) => sql.startsWith(begins)) ?? []
  if (point === `before ${what}`) die()
  const result = work()
  if (point === `after ${what}`) die()
  return result
})
const store = await openStore({
  workspace,
  ...threads,
  givesBack: true,
  defer: (flush) =>
    setImmediate(() => {
      flush()
      at('after COMMIT')
    }),
  clock: systemClock,
  elapsed: () => performance.now(),
  randomness: systemRandomness(),
  troubled: fault,
})
isRemoving = true
await store.retention.apply({
  policy: { usual: { ...unbounded, branches: 0, checkpoints: 1 }, workflows: { billing: { ...unbounded, runs: 0 } } },
  damaged: [],
  actor: hostActor,
  told: ({ runs, of }) => {
    isTrimming = runs === of.runs
    at('told of it')
  },
  committed: () => at('journaled'),
})
isRemoving = false
process.stdout.write('removed\n')
await store.close()
