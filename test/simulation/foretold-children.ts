/**
 * What was told of child runs and of all below them, held against what then became of these.
 *
 * 1. Each that begins was told, with all that it runs and touches; the planner says the same of it once it has begun.
 * 2. Of what was under way, nothing goes on that was not told, and what ends undoes what was told, in that order.
 * 3. What was certain runs, unless something fails.
 */
import { isDeepStrictEqual } from 'node:util'
import type { ChildAhead } from '../../src/model/child-ahead.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { RunId, StepId } from '../../src/model/ids.ts'
import { isEnded } from '../../src/model/status.ts'
import { expectedOf } from '../../src/engine/planner/closing-ahead.ts'
import { applyEntry } from '../../src/engine/state/apply.ts'
import { RunState } from '../../src/engine/state/run-state.ts'
import { broken, goesWrong, stepOf, unlisted } from './foretold.ts'
import type { RandomBench } from './random-bench.ts'
import type { Tally } from './seeds.ts'

/** What was told of the runs below one, and between which entries of the journal it is to hold. */
export interface Below {
  readonly top: RunId
  readonly told: readonly ChildAhead[]
  /** The journal and the orders to executors before it was done, and where something else was done. */
  readonly from: Mark
  readonly to: Mark
  /** Whether nothing went wrong with the run itself, and it came to its end. */
  readonly isWhole: boolean
}

export interface Mark {
  readonly journal: number
  readonly tasks: number
}

export function markOf({ bench }: RandomBench): Mark {
  return { journal: bench.disk.journal.length, tasks: bench.execution.tasks.length }
}

/** Where the run is sent to another branch, after so many events of it; as far as is known where it is not. */
export function whereLeft(random: RandomBench, run: RunId, after: number): Mark {
  const { journal, tasks } = markOf(random)
  let count = 0
  const at = random.bench.disk.journal.findIndex((entry) => {
    if (entry.run !== run) return false
    const isAfter = count >= after
    count += entry.events.length
    return isAfter && entry.events.some(({ type }) => type === 'run_restored')
  })
  return { journal: at === -1 ? journal : at, tasks }
}

/** @throws Error where something happened that was not told, or did not that was */
export function childrenCameTrue(random: RandomBench, below: Below, tally: Tally): void {
  const { top, told, isWhole } = below
  const runs = random.family(top).slice(1).map((run) => new Member(random, below, run))
  for (const member of runs) {
    if (member.wasThere) wentOnAsTold(member, told, tally)
    else beganAsTold(member, told, tally)
  }
  const went = runs.filter(({ wasThere }) => !wasThere)
  if (!isWhole || runs.some(({ events }) => events.some(goesWrong))) return
  for (const each of told) {
    if (each.becomes !== 'begins' || !each.certain) continue
    const first = went.find(({ path }) => isDeepStrictEqual(path, each.path))
    const idle = each.runs.filter(({ step, certain }) => certain && first?.events.some((event) => stepOf(event).includes(step)) !== true)
    if (idle.length > 0) broken(`${idle.map(({ step }) => step).join(', ')} of ${each.path.join(' > ')} never ran`, told)
    tally.note('a child as told, to the end')
  }
}

/** A run below the one that was acted on, with what became of it since. */
class Member {
  readonly run: RunId
  readonly path: readonly StepId[]
  readonly wasThere: boolean
  readonly entries: readonly RunEntry[]
  readonly events: readonly RunEvent[]
  readonly #random: RandomBench
  readonly #below: Below

  constructor(random: RandomBench, below: Below, run: RunId) {
    const { journal } = random.bench.disk
    const isOwn = (entry: (typeof journal)[number]): entry is (typeof journal)[number] & RunEntry => entry.run === run
    this.run = run
    this.path = pathTo(random, below.top, run)
    this.wasThere = journal.slice(0, below.from.journal).some(isOwn)
    this.entries = journal.slice(below.from.journal, below.to.journal).filter(isOwn)
    this.events = this.entries.flatMap(({ events }) => events)
    this.#random = random
    this.#below = below
  }

  get manifests() {
    const graph = this.#random.state(this.run).graph
    return { manifest: (id: string) => graph.manifest.steps.find((step) => step.id === id) }
  }

  /** Steps with an effect that an executor was told to do, each with its key. */
  touched(phase: 'run' | 'compensate'): readonly { readonly step: StepId; readonly key: string }[] {
    const { from, to } = this.#below
    const tasks = this.#random.bench.execution.tasks.slice(from.tasks, to.tasks).filter(({ ref }) => ref.run === this.run)
    const effects = tasks.filter((task) => task.phase === phase && this.manifests.manifest(task.ref.step)?.effect !== null)
    return effects.map(({ ref, idempotencyKey: key }) => ({ step: ref.step, key }))
  }

  /** What the planner says of it after its first turn. */
  atFirst() {
    const [first] = this.entries
    const [created] = first?.events ?? []
    if (first === undefined || created?.type !== 'run_created') throw new Error(`run ${this.run} begins with ${created?.type ?? 'nothing'}`)
    const state = new RunState(this.#random.graphs, { id: created.run.lineage, salt: new Uint8Array() }, created.run)
    applyEntry(state, first)
    return expectedOf(state)
  }
}

function pathTo(random: RandomBench, top: RunId, run: RunId): readonly StepId[] {
  const { parent } = random.bench.record(run)
  return parent === null || run === top ? [] : [...pathTo(random, top, parent.run), parent.step]
}

function beganAsTold(member: Member, all: readonly ChildAhead[], tally: Tally): void {
  if (member.entries.length === 0) return
  const told = all.find(({ becomes, path }) => becomes === 'begins' && isDeepStrictEqual(path, member.path))
  if (told === undefined) return broken(`a child of ${member.path.join(' > ')} began`, all)
  const said = told.runs.map(({ step, certain }) => ({ step, certain }))
  const found = member.atFirst().map(({ step, certain }) => ({ step, certain: told.certain && certain }))
  if (!isDeepStrictEqual(found, said)) broken(`the child of ${member.path.join(' > ')} begins with ${JSON.stringify(found)}`, told)
  ranAsTold(member, told)
  tally.note(told.path.length > 1 ? 'a child of a child begins' : told.certain ? 'a child begins' : 'a child may begin')
}

function ranAsTold(member: Member, told: ChildAhead): void {
  const ran = unlisted(member.manifests, told, member.events, [])
  if (ran.length > 0) broken(`${ran.join(', ')} ran in ${member.run}`, told)
  const untold = member.touched('run').filter(({ step }) => !told.outside.some((each) => each.step === step && each.phase === 'run'))
  if (untold.length > 0) broken(`${untold.map(({ key }) => key).join(', ')} touched the outside world`, told)
}

/** It may have gone on for a moment before it heard of what was done. */
function wentOnAsTold(member: Member, all: readonly ChildAhead[], tally: Tally): void {
  const told = all.find(({ run, becomes }) => run === member.run && becomes !== 'begins')
  if (told === undefined) {
    const began = member.events.filter((event) => event.type === 'attempt_started' && event.phase === 'run')
    return began.length > 0 ? broken(`${member.run} went on`, all) : undefined
  }
  tally.note(`a child ${told.becomes}`)
  if (told.inDoubt.length > 0) tally.note('a child is in doubt')
  if (told.becomes === 'goes_on') return ranAsTold(member, told)
  const heard = member.events.findIndex(({ type }) => type === 'run_closing' || type === 'run_called_back')
  const since = member.events.slice(Math.max(0, heard))
  const undone = since.flatMap((event) => (event.type === 'compensation_settled' ? [`${event.step}#${event.iteration}`] : []))
  const listed = told.compensates.map(({ step, iteration }) => `${step}#${iteration}`)
  const expected = listed.filter((pass) => undone.includes(pass))
  if (!isDeepStrictEqual(undone, expected)) broken(`undone in ${member.run} were ${undone.join(', ')}`, told)
  const isOver = since.some((event) => event.type === 'run_moved' && isEnded(event.to))
  const missing = told.compensates.filter(({ step, iteration, certain }) => certain && !undone.includes(`${step}#${iteration}`))
  if (isOver && missing.length > 0) broken(`${missing.map(({ step }) => step).join(', ')} of ${member.run} was not undone`, told)
  const keys = new Set(told.outside.map(({ phase, key }) => `${phase} ${key}`))
  const untold = member.touched('compensate').filter(({ key }) => !keys.has(`compensate ${key}`))
  if (untold.length > 0) broken(`${untold.map(({ key }) => key).join(', ')} touched the outside world`, told)
  if (undone.length > 0) tally.note('a child is undone as told')
}
