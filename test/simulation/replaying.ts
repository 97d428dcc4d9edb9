/**
 * One seed of law 8 for replays: a random workflow runs and is changed by its author, and at random moments a person is told what
 * a replay from a checkpoint leads to, by the pinned definition or by the present one, as it was or edited, begins it, and what
 * happened is held against what was told.
 *
 * 1. Telling changes nothing; where it is refused, so is the replay, in the same words.
 * 2. What was told equals what is read off the rows and the entry that were committed (`begun-with.ts`): all but what runs and what
 *    begins below it, which the planner says the same of once it is done, and which 3 is about.
 * 3. Whatever runs was listed; what was certain runs, unless something fails.
 * 4. The run that is replayed stays as it was, and so does what it did outside.
 * 5. Who is asked to arm a step is told what it did before in the runs that are replayed, or may have done, as their entries say.
 * 6. With another input nothing is taken over but what was written.
 */
import { isDeepStrictEqual } from 'node:util'
import { ControlError } from '../../src/model/control-errors.ts'
import { inputKey, outputKey } from '../../src/model/checkpoint.ts'
import { type Address, type RunId, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { ReplayEdits, ReplayPreview } from '../../src/model/replay.ts'
import type { Kin } from '../../src/engine/planner/kin.ts'
import { replayPreview } from '../../src/engine/planner/replay-preview.ts'
import { person } from '../engine/workbench.ts'
import { type Begun, begunWith, changedIn } from './begun-with.ts'
import { storedNow, the } from './committed.ts'
import { didBefore } from './done-outside.ts'
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
    this.#random = new RandomBench(seed, 2)
    this.#tally = tally
  }

  async live(): Promise<void> {
    const { bench, dice } = this.#random
    const runs = [await bench.start()]
    for (let moves = 0; moves < mostMoves; moves += 1) {
      await bench.pass(dice.int(0, 4_000))
      if (dice.percent(8)) this.#random.publishNext()
      const begun = this.#told.length < mostReplays && dice.percent(30) ? await this.#replay(dice.pick(runs)) : undefined
      if (begun !== undefined) runs.push(begun)
      const next = dice.pick(runs)
      await this.#holdArming(next)
      await this.#random.decide(next)
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
    const definition = dice.percent(50) ? ('present' as const) : ('pinned' as const)
    const before = [structuredClone(bench.disk.runs.get(run)), bench.events(run).length]
    const entries = bench.disk.journal.length
    const kin = this.#random.kin()
    const from = markOf(this.#random)
    const told = await bench.until(orRefusal(bench.engine.previewReplay({ run, checkpoint, definition, edits })))
    if (bench.disk.journal.length !== entries) throw new Error('telling has changed something')
    const revision = told instanceof ControlError ? null : told.revision.hash
    const begun = await bench.until(orRefusal(bench.engine.replay({ run, checkpoint, definition, revision, edits, reason: null, actor: person })))
    if (told instanceof ControlError || begun instanceof ControlError) {
      const same = told instanceof ControlError && begun instanceof ControlError && told.message === begun.message
      if (!same) throw new Error(`it was told ${JSON.stringify(told)}, and the replay answered ${JSON.stringify(begun)}`)
      this.#tally.note('refused')
      return undefined
    }
    const after = [structuredClone(bench.disk.runs.get(run)), bench.events(run).length]
    if (!isDeepStrictEqual(after, before)) throw new Error(`the replay of ${run} has changed it`)
    const events = bench.events(begun.id)
    const happened = this.#happened(source, { moment, source: storedNow(bench.disk, run), before: didBefore(bench.disk, begun.id), entry: this.#random.entry(begun.id, 'run_created') }, kin)
    if (!isDeepStrictEqual(inOrder(happened), inOrder(told))) broken(`it happened that ${JSON.stringify(happened)}`, told)
    this.#told.push({ replay: begun.id, preview: told, from, after: events.length })
    this.#tell(told)
    return begun.id
  }

  /** Who is asked to arm a step is told what it did before, in the run that is replayed and in this one. */
  async #holdArming(run: RunId): Promise<void> {
    const { bench } = this.#random
    const decision = [...this.#random.state(run).decisions()].find(({ kind }) => kind === 'arm')
    if (decision === undefined) return
    const consequences = await bench.until(orRefusal(bench.engine.consequences({ run, decision: decision.id, actor: person, note: null, edit: null })))
    if (consequences instanceof ControlError) {
      const isPending = [...this.#random.state(run).decisions()].some(({ id }) => id === decision.id)
      if (isPending) throw consequences
      return
    }
    const before = didBefore(bench.disk, run)
    for (const told of consequences.actions) {
      for (const { step, phase, before: was } of told.outside) {
        const did = phase === 'run' ? before(step) : []
        if (!isDeepStrictEqual(was, did)) broken(`before it is armed, ${step} did ${JSON.stringify(did)}`, told)
        if (step === decision.step && did.some(({ inDoubt }) => !inDoubt)) this.#tally.note('armed once more')
        if (step === decision.step && did.some(({ inDoubt }) => inDoubt)) this.#tally.note('armed in doubt')
      }
    }
  }

  /** What was committed, and what the planner makes of that. */
  #happened(source: ReturnType<RandomBench['state']>, from: Pick<Begun, 'moment' | 'source' | 'before' | 'entry'>, kin: Kin): ReplayPreview {
    const { disk } = this.#random.bench
    const { moment, entry } = from
    const now = storedNow(disk, entry.run)
    const nothing = { undone: [], renewed: [], migration: null }
    const { runs, children } = replayPreview(source, moment.checkpoint.number, nothing, { state: this.#random.state(entry.run), events: entry.events }, kin)
    const value = (address: Address): Json | undefined => disk.values.get(`${now.record.lineage}/${address}`)
    const edited = new Set(now.record.origin?.edited)
    const untold = now.record.revision === moment.pinned.revision ? changedIn(entry, moment).flatMap(([key]) => (edited.has(key) ? [] : key)) : []
    if (untold.length > 0) throw new Error(`${untold.join(', ')} is another in ${entry.run}, and nobody has edited it`)
    const stands = the(entry, 'run_created').passes.filter(({ step, iteration, output }) => output !== null && !edited.has(outputKey(step, iteration)))
    if (edited.has(inputKey) && stands.length > 0) throw new Error(`${stands.map(({ step }) => step).join(', ')} stands beside another input in ${entry.run}`)
    return { ...begunWith({ ...from, now, value }, runs, this.#random.graphs), children }
  }

  /** Mostly something that can be edited. */
  #edits(run: RunId): ReplayEdits {
    const { bench, dice } = this.#random
    const done = bench.rows(run).steps.filter(({ output }) => output !== null)
    const input = { another: true }
    const outputs = done.slice(0, dice.int(0, 2)).map(({ step, iteration }) => ({ step, iteration, value: { body: 'mended' } }))
    return { nothing: {}, input: { input }, output: { outputs }, both: { input, outputs } }[dice.weighted({ nothing: 45, input: 10, output: 30, both: 15 })]
  }

  #cameTrue({ replay, preview: told, from, after }: Told): void {
    const { bench } = this.#random
    // An answer to a question may send the replay back: what was told is of the branch that it began on.
    const all = bench.events(replay)
    const left = all.findIndex(({ type }) => type === 'run_restored')
    const events = left === -1 ? all : all.slice(0, left)
    const { steps } = this.#random.graphs(told.revision.hash)
    const manifests = { manifest: (id: string) => steps.get(StepId.parse(id)) }
    const ran = unlisted(manifests, told, events, events.slice(after))
    if (ran.length > 0) broken(`${ran.join(', ')} ran`, told)
    const touched = bench.execution.tasks.filter(({ ref }) => ref.run === replay && ref.branch === 0 && manifests.manifest(ref.step)?.effect !== null)
    const untold = touched.filter(({ ref, phase }) => phase === 'run' && !told.outside.some(({ step }) => step === ref.step))
    if (untold.length > 0) broken(`${untold.map(({ ref }) => ref.step).join(', ')} touched the outside world`, told)
    const armed = events.filter(({ type }) => type === 'step_armed').length
    if (touched.length > 0 && armed === 0) broken('an effect began that nobody has armed', told)
    const isWhole = left === -1 && bench.record(replay).status === 'completed' && !events.some(goesWrong)
    childrenCameTrue(this.#random, { top: replay, told: told.children, from, to: whereLeft(this.#random, replay, after), isWhole }, this.#tally)
    if (!isWhole) return
    const idle = neverRan(manifests, told, events)
    if (idle.length > 0) broken(`${idle.join(', ')} never ran`, told)
    this.#tally.note('held')
  }

  async #toTheEnd(run: RunId): Promise<void> {
    for (let moves = 0; moves < 2 * mostMoves && !this.#random.hasEnded(run); moves += 1) {
      await this.#random.decide(run)
      await this.#random.bench.pass(4_000)
    }
  }

  #tell({ outside, undone, renewed, edits, migration, becomes }: ReplayPreview): void {
    if (outside.length > 0) this.#tally.note('outside')
    if (undone.length > 0) this.#tally.note('undone')
    if (renewed.length > 0) this.#tally.note('renewed')
    if (edits.length > 0) this.#tally.note('edited')
    if (edits.length > 1 && edits.some(({ key }) => key === inputKey)) this.#tally.note('another input and another output')
    if (migration !== null) this.#tally.note(edits.length > 0 ? 'migrated and edited' : 'migrated')
    if (migration !== null && migration.changed.length > 0) this.#tally.note('changed')
    if (migration !== null && migration.dropped.length > 0) this.#tally.note('dropped')
    if (migration !== null && migration.added.length > 0) this.#tally.note('added')
    this.#tally.note(becomes === 'completed' ? 'over at once' : 'goes on')
  }
}

/** What has no order of its own, in one that does not hang on how it came to be known. */
function inOrder(told: ReplayPreview): ReplayPreview {
  const { migration, migrated } = told
  return { ...told, migration: migration && { ...migration, changed: migration.changed.toSorted() }, migrated: migrated.toSorted((a, b) => a.key.localeCompare(b.key)) }
}
