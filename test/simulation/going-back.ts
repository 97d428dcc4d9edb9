/**
 * One seed of law 8 for going back: a random workflow runs and is changed by its author, and at random moments a person is
 * told what going back to a checkpoint leads to, with the pinned definition or with the present one, goes there, and what
 * happened is held against what was told.
 *
 * 1. Telling changes nothing; where it is refused, so is going back, in the same words.
 * 2. What was told equals what is read off the rows and the entry that were committed (`sent-back.ts`): all but what runs and what
 *    begins below it, which the planner says the same of once it is done, and which 3 and 4 are about.
 * 3. Whatever runs on that branch was listed, under the key that was told; what was reused does not.
 * 4. What was certain runs, unless something fails.
 *
 * Of runs below it, `foretold-children.ts` says what holds.
 */
import { isDeepStrictEqual } from 'node:util'
import { ControlError } from '../../src/model/control-errors.ts'
import { type RunId, StepId } from '../../src/model/ids.ts'
import { type Preview, reachesOutside } from '../../src/model/preview.ts'
import { isEnded } from '../../src/model/status.ts'
import type { Kin } from '../../src/engine/planner/kin.ts'
import { preview } from '../../src/engine/planner/preview.ts'
import { person } from '../engine/workbench.ts'
import { childrenNow, the, storedNow } from './committed.ts'
import { didBefore } from './done-outside.ts'
import { broken, goesWrong, neverRan, orRefusal, underAnotherKey, unlisted } from './foretold.ts'
import { childrenCameTrue, type Mark, markOf, whereLeft } from './foretold-children.ts'
import { migrationOf } from './migrated.ts'
import { passesBegun } from './passes-begun.ts'
import { RandomBench } from './random-bench.ts'
import { type Sent, sentBack } from './sent-back.ts'
import type { Tally } from './seeds.ts'

const mostMoves = 30
const mostReturns = 5

/** What was told before the run went back, and where the journal was: events of the run before, and after. */
interface Told {
  readonly preview: Preview
  readonly from: Mark
  readonly before: number
  readonly after: number
}

/** Lives through one seed. @throws Error where something happened that was not told, or did not that was */
export async function goBackAndForth(seed: number, tally: Tally): Promise<void> {
  await new GoingBack(seed, tally).live()
}

class GoingBack {
  readonly #random: RandomBench
  readonly #tally: Tally
  readonly #told: Told[] = []

  constructor(seed: number, tally: Tally) {
    this.#random = new RandomBench(seed, 2)
    this.#tally = tally
  }

  async live(): Promise<void> {
    const { bench, dice } = this.#random
    const run = await bench.start()
    for (let moves = 0; moves < mostMoves; moves += 1) {
      await bench.pass(dice.int(0, 4_000))
      if (dice.percent(8)) this.#random.publishNext()
      if (this.#told.length < mostReturns && dice.percent(25)) await this.#goBack(run)
      else if (!this.#random.hasEnded(run)) await this.#act(run)
    }
    await this.#toTheEnd(run)
    for (const [index, told] of this.#told.entries()) this.#cameTrue(run, told, this.#told[index + 1])
  }

  async #goBack(run: RunId): Promise<void> {
    const { bench, dice } = this.#random
    const before = this.#random.state(run)
    const checkpoint = dice.int(0, before.record.head)
    const definition = dice.percent(50) ? ('present' as const) : ('pinned' as const)
    const moment = this.#random.moment(run, checkpoint)
    const entries = bench.disk.journal.length
    const stored = { moment, was: storedNow(bench.disk, run), children: childrenNow(bench.disk, run) }
    const kin = this.#random.kin()
    const told = await bench.until(orRefusal(bench.engine.preview({ run, checkpoint, definition })))
    if (bench.disk.journal.length !== entries || !isDeepStrictEqual(bench.record(run), before.record)) {
      throw new Error('telling has changed the run')
    }
    const events = bench.events(run).length
    const from = markOf(this.#random)
    const revision = told instanceof ControlError ? null : told.revision.hash
    const request = { run, checkpoint, definition, revision, seen: before.record.version, reason: 'sent back', actor: person }
    const sent = await bench.until(orRefusal(bench.engine.restore(request)))
    if (told instanceof ControlError || sent instanceof ControlError) return this.#refused(told, sent)
    const happened = this.#happened(before, { ...stored, before: didBefore(bench.disk, run), entry: this.#random.entry(run, 'run_restored', entries), now: storedNow(bench.disk, run) }, kin)
    if (!isDeepStrictEqual(inOrder(happened), inOrder(told))) broken(`it happened that ${JSON.stringify(happened)}`, told)
    this.#told.push({ preview: told, from, before: events, after: bench.events(run).length })
    this.#tell(told, before.record.endedAt !== null)
  }

  #refused(told: unknown, sent: unknown): void {
    const same = told instanceof ControlError && sent instanceof ControlError && told.name === sent.name && told.message === sent.message
    if (!same) throw new Error(`it was told ${String(told)}, and going back answered ${String(sent)}`)
    this.#tally.note('refused')
  }

  /** What was committed, and what the planner makes of that. */
  #happened(before: ReturnType<RandomBench['state']>, sent: Sent, kin: Kin): Preview {
    const { moment, entry, now } = sent
    const state = this.#random.state(now.record.id)
    const passes = passesBegun(the(entry, 'run_restored'), state)
    const first = now.checkpoints.find(({ branch }) => branch === now.record.branch)
    const migration = migrationOf(state, moment, passes, first?.changes ?? [])
    const { runs, children } = preview(before, moment, { state, events: entry.events, undone: [], migration }, kin)
    return { ...sentBack(sent, runs, this.#random.graphs), children, migration }
  }

  #cameTrue(run: RunId, { preview: told, from, before, after }: Told, next: Told | undefined): void {
    const { bench } = this.#random
    // An answer to a question may send the run elsewhere too.
    const sentOn = bench.events(run).findIndex((event, at) => at >= after && event.type === 'run_restored')
    const isLeft = next !== undefined || sentOn !== -1
    const all = bench.events(run).slice(0, isLeft ? Math.min(next?.before ?? Infinity, sentOn === -1 ? Infinity : sentOn) : undefined)
    const begun = all.findIndex((event, at) => at >= before && event.type === 'run_restored') + 1
    const events = all.slice(begun)
    const { steps } = this.#random.graphs(told.revision.hash)
    const manifests = { manifest: (id: string) => steps.get(StepId.parse(id)) }
    const ran = unlisted(manifests, told, events, all.slice(after))
    if (ran.length > 0) broken(`${ran.join(', ')} ran`, told)
    const tasks = bench.execution.tasks.filter(({ ref, phase }) => ref.run === run && ref.branch === told.branch && phase === 'run')
    const touched = underAnotherKey(manifests, told, tasks)
    if (touched !== undefined) broken(touched, told)
    const goOn = told.cancels.filter(({ child }) => !isEnded(bench.record(child).status) && bench.record(child).closing === null)
    if (goOn.length > 0) broken(`${goOn.map(({ child }) => child).join(', ')} went on`, told)
    const isWhole = !isLeft && bench.record(run).status === 'completed' && !events.some(goesWrong)
    const sentElsewhere = whereLeft(this.#random, run, after)
    const to = next !== undefined && next.from.journal < sentElsewhere.journal ? next.from : sentElsewhere
    childrenCameTrue(this.#random, { top: run, told: told.children, from, to, isWhole }, this.#tally)
    if (!isWhole) return
    const idle = neverRan(manifests, told, events)
    if (idle.length > 0) broken(`${idle.join(', ')} never ran`, told)
    this.#tally.note('held')
  }

  /** Something that a person does who goes on. */
  async #act(run: RunId): Promise<void> {
    const { bench, dice } = this.#random
    const what = dice.weighted({ decide: 70, pause: 6, resume: 14, cancel: 3, checkpoint: 7 })
    if (what === 'decide') return this.#random.decide(run)
    await bench.until(orRefusal(bench.engine[what]({ run, seen: null, actor: person, reason: null })))
  }

  async #toTheEnd(run: RunId): Promise<void> {
    const { bench } = this.#random
    for (let moves = 0; moves < 2 * mostMoves && !this.#random.hasEnded(run); moves += 1) {
      await bench.until(orRefusal(bench.engine.resume({ run, seen: null, actor: person, reason: null })))
      await this.#random.decide(run)
      await bench.pass(4_000)
    }
  }

  #tell(told: Preview, wasOver: boolean): void {
    if (wasOver) this.#tally.note('from the end')
    if (told.becomes === 'paused') this.#tally.note('paused')
    if (told.stops.length > 0) this.#tally.note('stopped')
    if (told.cancels.length > 0) this.#tally.note('a child is cancelled')
    if (told.withdraws.timers.length > 0) this.#tally.note('a timer is withdrawn')
    if (told.withdraws.decisions.length > 0) this.#tally.note('a question is withdrawn')
    if (told.inDoubt.length > 0) this.#tally.note('in doubt')
    if (told.outside.some(({ step, before }) => before.some(({ inDoubt }) => inDoubt) && !told.inDoubt.some((each) => each.step === step))) this.#tally.note('in doubt before')
    if (told.undone.length > 0) this.#tally.note('undone')
    if (told.migration !== null) this.#tally.note('migrated')
    if (told.migration !== null && told.migration.dropped.length > 0) this.#tally.note('dropped')
    if (told.migration !== null && told.migration.added.length > 0) this.#tally.note('added')
    if (told.migration !== null && told.migration.changed.length > 0) this.#tally.note('changed')
    if (told.migration !== null && told.migration.notTakenBack.length > 0) this.#tally.note('not taken back')
    if (told.parent !== told.leaves) this.#tally.note('from another branch')
    this.#tally.note(reachesOutside(told) ? 'outside' : 'inside')
  }
}

/** What has no order of its own, in one that does not hang on how the run came to be in memory. */
function inOrder(told: Preview): Preview {
  const children = sorted(told.children)
  const { decisions, timers } = told.withdraws
  const withdraws = { decisions: sorted(decisions), timers: sorted(timers) }
  const { migration: way } = told
  const migration = way && { ...way, notTakenBack: sorted(way.notTakenBack), changed: sorted(way.changed) }
  return { ...told, children, cancels: sorted(told.cancels), migration, stops: sorted(told.stops), inDoubt: sorted(told.inDoubt), withdraws }
}

function sorted<T>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
}
