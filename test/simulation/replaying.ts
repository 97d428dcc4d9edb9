/**
 * One seed of law 8 for replays: a random workflow runs, and at random moments a person is told what a replay from a
 * checkpoint leads to, begins it, and what happened is held against what was told.
 *
 * 1. Telling changes nothing; where it is refused, so is the replay, in the same words.
 * 2. What was told equals what is read off the rows and the entry that were committed (`begun-with.ts`): all but what runs and what
 *    begins below it, which the planner says the same of once it is done, and which 3 is about.
 * 3. Whatever runs was listed; what was certain runs, unless something fails.
 * 4. The run that is replayed stays as it was, and so does what it did outside.
 */
import { isDeepStrictEqual } from 'node:util'
import { ControlError } from '../../src/model/control-errors.ts'
import type { Address, RunId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { ReplayEdits, ReplayPreview } from '../../src/model/replay.ts'
import type { Kin } from '../../src/engine/planner/children-ahead.ts'
import { replayPreview } from '../../src/engine/planner/replay-preview.ts'
import { person } from '../engine/workbench.ts'
import { type Begun, begunWith, changedIn } from './begun-with.ts'
import { storedNow } from './committed.ts'
import { broken, goesWrong, neverRan, orRefusal, unlisted } from './foretold.ts'
import { childrenCameTrue, type Mark, markOf, whereLeft } from './foretold-children.ts'
import { RandomBench } from './random-bench.ts'
import type { Tally } from './seeds.ts'

const mostMoves = 20
const mostReplays = 4

/** What was told of a replay, and how many events its first turn had. */
interface Told {
  readonly replay: RunId
  readonly preview: ReplayPreview
  readonly from: Mark
  readonly after: number
}

/** Lives through one seed. @throws Error where something happened that was not told, or did not that was */
export async function replayAndCompare(seed: number, tally: Tally): Promise<void> {
  await new Replaying(seed, tally).live()
}

class Replaying {
  readonly #random: RandomBench
  readonly #tally: Tally
  readonly #told: Told[] = []

  constructor(seed: number, tally: Tally) {
    this.#random = new RandomBench(seed)
    this.#tally = tally
  }

  async live(): Promise<void> {
    const { bench, dice } = this.#random
    const runs = [await bench.start()]
    for (let moves = 0; moves < mostMoves; moves += 1) {
      await bench.pass(dice.int(0, 4_000))
      const begun = this.#told.length < mostReplays && dice.percent(30) ? await this.#replay(dice.pick(runs)) : undefined
      if (begun !== undefined) runs.push(begun)
      await this.#random.decide(dice.pick(runs))
    }
    for (const run of runs) await this.#toTheEnd(run)
    for (const told of this.#told) this.#cameTrue(told)
  }

  async #replay(run: RunId): Promise<RunId | undefined> {
    const { bench, dice } = this.#random
    const source = this.#random.state(run)
    const checkpoint = dice.int(0, source.record.head)
    const moment = this.#random.moment(run, checkpoint)
    const edits = this.#edits(run)
    const before = [structuredClone(bench.disk.runs.get(run)), bench.events(run).length]
    const entries = bench.disk.journal.length
    const kin = this.#random.kin()
    const from = markOf(this.#random)
    const told = await bench.until(orRefusal(bench.engine.previewReplay({ run, checkpoint, edits })))
    if (bench.disk.journal.length !== entries) throw new Error('telling has changed something')
    const begun = await bench.until(orRefusal(bench.engine.replay({ run, checkpoint, edits, reason: null, actor: person })))
    if (told instanceof ControlError || begun instanceof ControlError) {
      const same = told instanceof ControlError && begun instanceof ControlError && told.message === begun.message
      if (!same) throw new Error(`it was told ${JSON.stringify(told)}, and the replay answered ${JSON.stringify(begun)}`)
      this.#tally.note('refused')
      return undefined
    }
    const after = [structuredClone(bench.disk.runs.get(run)), bench.events(run).length]
    if (!isDeepStrictEqual(after, before)) throw new Error(`the replay of ${run} has changed it`)
    const events = bench.events(begun.id)
    const happened = this.#happened(source, { moment, source: storedNow(bench.disk, run), entry: this.#random.entry(begun.id, 'run_created') }, kin)
    if (!isDeepStrictEqual(happened, told)) broken(`it happened that ${JSON.stringify(happened)}`, told)
    this.#told.push({ replay: begun.id, preview: told, from, after: events.length })
    this.#tell(told)
    return begun.id
  }

  /** What was committed, and what the planner makes of that. */
  #happened(source: ReturnType<RandomBench['state']>, from: Pick<Begun, 'moment' | 'source' | 'entry'>, kin: Kin): ReplayPreview {
    const { disk } = this.#random.bench
    const { moment, entry } = from
    const now = storedNow(disk, entry.run)
    const nothing = { passes: [], loops: {}, undone: [], renewed: [] }
    const { runs, children } = replayPreview(source, moment.checkpoint.number, nothing, { state: this.#random.state(entry.run), events: entry.events }, kin)
    const value = (address: Address): Json | undefined => disk.values.get(`${now.record.lineage}/${address}`)
    const untold = changedIn(entry, moment).filter((key) => now.record.origin?.edited.includes(key) !== true)
    if (untold.length > 0) throw new Error(`${untold.join(', ')} is another in ${entry.run}, and nobody has edited it`)
    return { ...begunWith({ ...from, now, value }, runs, this.#random.graphs), children }
  }

  /** Mostly something that can be edited. */
  #edits(run: RunId): ReplayEdits {
    const { bench, dice } = this.#random
    const outputs = bench.rows(run).steps.filter(({ output }) => output !== null)
    switch (dice.weighted({ nothing: 50, input: 15, output: 35 })) {
      case 'nothing':
        return {}
      case 'input':
        return { input: { another: true } }
      case 'output':
        return { outputs: outputs.slice(0, dice.int(0, 2)).map(({ step, iteration }) => ({ step, iteration, value: { body: 'mended' } })) }
    }
  }

  #cameTrue({ replay, preview: told, from, after }: Told): void {
    const { bench } = this.#random
    // An answer to a question may send the replay back: what was told is of the branch that it began on.
    const all = bench.events(replay)
    const left = all.findIndex(({ type }) => type === 'run_restored')
    const events = left === -1 ? all : all.slice(0, left)
    const ran = unlisted(this.#random, told, events, events.slice(after))
    if (ran.length > 0) broken(`${ran.join(', ')} ran`, told)
    const touched = bench.execution.tasks.filter(({ ref }) => ref.run === replay && ref.branch === 0 && this.#random.manifest(ref.step)?.effect !== null)
    const untold = touched.filter(({ ref, phase }) => phase === 'run' && !told.outside.some(({ step }) => step === ref.step))
    if (untold.length > 0) broken(`${untold.map(({ ref }) => ref.step).join(', ')} touched the outside world`, told)
    const armed = events.filter(({ type }) => type === 'step_armed').length
    if (touched.length > 0 && armed === 0) broken('an effect began that nobody has armed', told)
    const isWhole = left === -1 && bench.record(replay).status === 'completed' && !events.some(goesWrong)
    childrenCameTrue(this.#random, { top: replay, told: told.children, from, to: whereLeft(this.#random, replay, after), isWhole }, this.#tally)
    if (!isWhole) return
    const idle = neverRan(this.#random, told, events)
    if (idle.length > 0) broken(`${idle.join(', ')} never ran`, told)
    this.#tally.note('held')
  }

  async #toTheEnd(run: RunId): Promise<void> {
    for (let moves = 0; moves < 2 * mostMoves && !this.#random.hasEnded(run); moves += 1) {
      await this.#random.decide(run)
      await this.#random.bench.pass(4_000)
    }
  }

  #tell({ outside, undone, renewed, edits, becomes }: ReplayPreview): void {
    if (outside.length > 0) this.#tally.note('outside')
    if (undone.length > 0) this.#tally.note('undone')
    if (renewed.length > 0) this.#tally.note('renewed')
    if (edits.length > 0) this.#tally.note('edited')
    this.#tally.note(becomes === 'completed' ? 'over at once' : 'goes on')
  }
}
