/**
 * One seed of law 8 for rolling back: a random workflow runs, at random moments a person is told what rolling back to a savepoint
 * leads to and has it done, and what happened is held against what was told.
 *
 * 1. Telling changes nothing; where it is refused, so is rolling back, in the same words.
 * 2. What is undone was told, in the order that was told; what was certain is undone.
 * 3. The run goes back to the checkpoint that was told, and what runs on that branch was listed.
 */
import { isDeepStrictEqual } from 'node:util'
import { ControlError } from '../../src/model/control-errors.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { type RunId, StepId } from '../../src/model/ids.ts'
import type { RollbackPreview } from '../../src/model/rollback.ts'
import { person } from '../engine/workbench.ts'
import { broken, orRefusal, unlisted } from './foretold.ts'
import { childrenCameTrue, markOf } from './foretold-children.ts'
import { RandomBench } from './random-bench.ts'
import type { Tally } from './seeds.ts'

const mostMoves = 20
const mostReturns = 4

/** Lives through one seed. @throws Error where something happened that was not told, or did not that was */
export async function rollBackAndOn(seed: number, tally: Tally): Promise<void> {
  const random = new RandomBench(seed)
  const { bench, dice } = random
  const run = await bench.start()
  let returns = 0
  for (let moves = 0; moves < mostMoves && !random.hasEnded(run); moves += 1) {
    await bench.pass(dice.int(0, 3_000))
    if (returns < mostReturns && dice.percent(30)) {
      returns += 1
      await rollBack(random, run, tally)
    } else if (!random.hasEnded(run)) await random.decide(run)
  }
}

async function rollBack(random: RandomBench, run: RunId, tally: Tally): Promise<void> {
  const { bench, dice, graph } = random
  const names = graph.manifest.steps.flatMap(({ savepoint = [] }) => savepoint)
  if (names.length === 0) return
  const act = { run, savepoint: dice.pick(names), reason: 'rolled back', actor: person }
  const before = { journal: bench.disk.journal.length, record: structuredClone(bench.record(run)), events: bench.events(run).length }
  const from = markOf(random)
  const told = await bench.until(orRefusal(bench.engine.previewRollback({ ...act, seen: null })))
  if (bench.disk.journal.length !== before.journal || !isDeepStrictEqual(bench.record(run), before.record)) throw new Error('telling has changed the run')
  const sent = await bench.until(orRefusal(bench.engine.rollback({ ...act, seen: before.record.version })))
  if (told instanceof ControlError || sent instanceof ControlError) {
    const same = told instanceof ControlError && sent instanceof ControlError && told.name === sent.name && told.message === sent.message
    if (!same) throw new Error(`it was told ${JSON.stringify(told)}, and rolling back answered ${JSON.stringify(sent)}`)
    return tally.note('refused')
  }
  const way = await untilBack(random, run, before.events)
  undoneAsTold(told, way.undoing, tally)
  if (way.back?.to !== told.back.checkpoint || way.back.branch !== told.back.branch) broken(`it went back to ${JSON.stringify(way.back?.to)}`, told)
  const { steps } = random.graphs(told.back.revision.hash)
  const ran = unlisted({ manifest: (id: string) => steps.get(StepId.parse(id)) }, told.back, way.after, [])
  if (ran.length > 0) broken(`${ran.join(', ')} ran`, told)
  childrenCameTrue(random, { top: run, told: [...told.children, ...told.back.children], from, to: markOf(random), isWhole: false }, tally)
  tally.note(told.compensates.length === 0 ? 'nothing to undo' : 'undone')
  if (told.waits.length > 0) tally.note('waited')
  if (told.stands.length > 0) tally.note('stands')
  if (told.back.withdraws.decisions.length > 0) tally.note('withdrawn')
}

interface Way {
  readonly undoing: readonly RunEvent[]
  readonly back: Extract<RunEvent, { type: 'run_restored' }> | undefined
  readonly after: readonly RunEvent[]
}

/** People answer what is asked on the way. */
async function untilBack(random: RandomBench, run: RunId, from: number): Promise<Way> {
  const { bench } = random
  const events = (): readonly RunEvent[] => bench.events(run).slice(from)
  for (let moves = 0; moves < 200 && !events().some(({ type }) => type === 'run_restored'); moves += 1) {
    await random.decide(run)
    await bench.pass(2_000)
  }
  const all = events()
  const at = all.findIndex(({ type }) => type === 'run_restored')
  const back = all[at]
  return { undoing: all.slice(0, Math.max(0, at)), back: back?.type === 'run_restored' ? back : undefined, after: all.slice(at + 1) }
}

function undoneAsTold(told: RollbackPreview, undoing: readonly RunEvent[], tally: Tally): void {
  const undone = undoing.flatMap((event) => (event.type === 'compensation_settled' ? [`${event.step}#${event.iteration}`] : []))
  const listed = told.compensates.map(({ step, iteration }) => `${step}#${iteration}`)
  const certain = told.compensates.flatMap(({ step, iteration, certain: is }) => (is ? [`${step}#${iteration}`] : []))
  const missing = certain.filter((pass) => !undone.includes(pass))
  if (missing.length > 0) broken(`${missing.join(', ')} was not undone`, told)
  const inOrder = listed.filter((pass) => undone.includes(pass) && certain.includes(pass))
  if (!isDeepStrictEqual(undone.filter((pass) => certain.includes(pass)), inOrder)) broken(`undone were ${undone.join(', ')}`, told)
  const more = undone.filter((pass) => !listed.includes(pass))
  if (more.length > 0) broken(`${more.join(', ')} was undone too`, told)
  if (undoing.some((event) => event.type === 'compensation_settled' && event.as === 'given_up')) tally.note('left out')
}
