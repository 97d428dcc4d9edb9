/**
 * One seed: random workflows run on the real engine over a faulty store and faulty executors, people act on them, the
 * host dies and comes back; after every step the invariants are checked, and at the end every run has ended.
 */
import { ControlError, Unavailable } from '../../src/model/control-errors.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import { type Address, isRunId, type LineageId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { Policy } from '../../src/model/policy/policy.ts'
import type { Revision } from '../../src/model/revision.ts'
import { CorruptionFound, StorageFailed } from '../../src/model/storage-errors.ts'
import type { Engine } from '../../src/engine/control.ts'
import { createEngine } from '../../src/engine/scheduler/engine.ts'
import { Circles } from './circles.ts'
import { type Counts, Coverage } from './coverage.ts'
import { Custody } from './custody.ts'
import { Dice } from './dice.ts'
import { DeadLetters } from './dead-letters.ts'
import { EffectsLedger } from './effects-ledger.ts'
import { type Extras, extrasOf } from './extras.ts'
import { FaultyExecution, Numbers, valueLimit } from './faulty-execution.ts'
import { Families } from './families.ts'
import { describe, InvariantBroken, Invariants } from './invariants.ts'
import { LeftAlone } from './left-alone.ts'
import { Disk, type Fate, MemoryStorage } from './memory-storage.ts'
import { People } from './people.ts'
import { withBreakers, withDependencies } from './random-breakers.ts'
import { withHolds } from './random-holds.ts'
import { randomPolicy } from './random-policy.ts'
import { withStrategies } from './random-strategies.ts'
import { withThrottles } from './random-throttles.ts'
import { randomWorkflow, withCalls } from './random-workflow.ts'
import { RecoveryBounds } from './recovery-bounds.ts'
import { Shares } from './shares.ts'
import { Story, type Told } from './story.ts'
import { Throttled } from './throttled.ts'
import { Undoing } from './undoing.ts'
import { drained, VirtualTime } from './virtual-time.ts'
import { VitalSigns } from './vital-signs.ts'
import { Workshop } from './workshop.ts'

/** Steps of virtual time with every fault. */
const stormSteps = 400
/** After that, with faults of executors alone: so many in which no run ends, and so many in all, and those that are left never will. */
const idleSteps = 6_000
const calmSteps = 60_000

export interface Outcome {
  readonly seed: number
  readonly entries: number
  readonly hosts: number
  readonly ended: Readonly<Record<string, number>>
  readonly covered: Counts
}

/** One seed as it was lived through, to its end or to where something went wrong. */
export interface Life {
  readonly outcome: Outcome
  readonly story: readonly Told[]
  readonly failure: Error | undefined
}

/** How likely one reading finds damage, or nothing at all. That is gone at the next one, so that a run that is let go on can end. */
const damageOdds = 0.002
const unreadOdds = 0.002

/** How a story tells of each. */
const disturbances = {
  start: 'somebody starts a run',
  act: 'somebody acts',
  restore: 'somebody sends a run back',
  replay: 'somebody replays a run',
  name: 'somebody names a branch',
  publish: 'an author changes a workflow',
  fill: 'the disk is full for a while',
  sleep: 'the machine sleeps for a while',
  death: 'the host dies',
  close: 'the host is stopped',
} as const

/** Workflows that begin runs of those before them. */
function calling(dice: Dice, workflows: readonly Revision[]): Revision[] {
  return workflows.map((revision, index) => withCalls(dice, revision, workflows.slice(0, index).map(({ manifest }) => manifest.name)))
}

/** What a fault of the store comes to, for whoever has to know. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof StorageFailed || error instanceof CorruptionFound || error instanceof Unavailable
}

export type Trace = (entry: JournalEntry) => void

/**
 * Lives through one seed; `trace` hears every entry that the disk keeps.
 * @throws InvariantBroken, or whatever the engine threw
 */
export async function simulate(seed: number, trace?: Trace): Promise<Outcome> {
  const { outcome, failure } = await live(seed, { trace })
  if (failure !== undefined) throw failure
  return outcome
}

/** The same, told to the end: `without` are the parts of its story that do not happen this time. */
export async function live(seed: number, { trace, without }: { readonly trace?: Trace | undefined; readonly without?: ReadonlySet<string> }): Promise<Life> {
  const world = new World(seed, trace, new Story(without))
  try {
    await world.live()
    return world.life(undefined)
  } catch (error) {
    return world.life(error instanceof Error ? error : new Error(String(error)))
  }
}

function withMore(seed: number, index: number, { holds, breakers, throttles }: Extras, revision: Revision): Revision {
  const held = holds ? withHolds(Dice.of(seed, 'holds', index), revision) : revision
  return breakers || throttles ? withDependencies(Dice.of(seed, 'dependencies', index), held) : held
}

function policyOf(seed: number, { breakers, throttles, strategies }: Extras): Policy {
  const policy = randomPolicy(Dice.of(seed, 'policy'))
  const patient = strategies ? withStrategies(Dice.of(seed, 'strategies'), policy) : policy
  if (throttles) return withThrottles(Dice.of(seed, 'throttles'), patient)
  return breakers ? withBreakers(Dice.of(seed, 'breakers'), patient) : patient
}

class World {
  readonly #seed: number
  readonly #trace: Trace | undefined
  readonly #story: Story
  readonly #numbers = new Numbers()
  readonly #coverage = new Coverage()
  /** Of the store: when it writes, and what becomes of that. */
  readonly #disks: Dice
  /** Of whatever happens at this step of time. */
  #dice: Dice
  readonly #time = new VirtualTime()
  readonly #disk = new Disk()
  readonly #ledger = new EffectsLedger()
  readonly #signs = new VitalSigns()
  readonly #workshop: Workshop
  readonly #people: People
  readonly #policy: Policy
  readonly #extras: Extras
  readonly #leftAlone: LeftAlone
  readonly #throttled: Throttled
  readonly #shares: Shares
  readonly #invariants: Invariants
  /** Runs that this host could not take up, or that cannot go on in it. */
  readonly #stuck = new Set<string>()
  #engine: Engine | undefined
  #incarnation = 0
  #groups = 0
  #calm = false
  /** Nothing can be written, for as long as it takes somebody to free some space. */
  #isFull = false
  #trouble: Error | undefined

  constructor(seed: number, trace: Trace | undefined, story: Story) {
    this.#seed = seed
    this.#trace = trace
    this.#story = story
    this.#disks = Dice.of(seed, 'disk')
    this.#dice = Dice.of(seed, 'workflows')
    this.#extras = extrasOf(seed)
    const plain = Array.from({ length: this.#dice.int(this.#extras.children ? 2 : 1, 3) }, (_, index) => randomWorkflow(this.#dice, `w${index}`))
    const related = this.#extras.children ? calling(Dice.of(seed, 'calls'), plain) : plain
    this.#workshop = new Workshop(this.#disk, related.map((revision, index) => withMore(seed, index, this.#extras, revision)))
    this.#people = new People({
      disk: this.#disk,
      ledger: this.#ledger,
      workshop: this.#workshop,
      extras: this.#extras,
      unfinished: () => this.#invariants.unfinished(),
      ask: (action) => this.#ask(action),
    })
    this.#policy = policyOf(seed, this.#extras)
    const { breakers, recovery } = this.#policy.usual
    this.#leftAlone = new LeftAlone(breakers.cool_down)
    this.#throttled = new Throttled(() => this.#engine?.throttles() ?? [])
    this.#shares = new Shares(this.#policy, this.#throttled)
    const value = (lineage: LineageId, address: Address): Json | undefined => this.#disk.values.get(`${lineage}/${address}`)
    const custody = new Custody({ value, lineage: (id) => this.#disk.lineages.get(id) })
    this.#invariants = new Invariants((hash) => this.#workshop.graph(hash), this.#ledger, this.#signs, new Circles(value), custody, this.#shares, [this.#leftAlone, this.#throttled, new DeadLetters(), new RecoveryBounds(recovery), new Undoing(), new Families((run) => !this.#stuck.has(run))])
  }

  async live(): Promise<void> {
    await this.#boot()
    for (let step = 0; step < stormSteps; step += 1) {
      this.#dice = Dice.of(this.#seed, 'storm', step)
      await this.#disturb(`step ${step}`)
      await this.#step()
      if (step > 40 && this.#time.isEmpty) break
    }
    this.#calm = true
    this.#signs.calmSince = this.#time.now
    // What was refused for damage is taken up by a host that reads everything again.
    await this.#boot()
    let left = this.#invariants.unfinished()
    for (let step = 0, idle = 0; left.length > 0 && idle < idleSteps && step < calmSteps; step += 1) {
      this.#dice = Dice.of(this.#seed, 'calm', step)
      this.#people.comfort(this.#dice)
      await drained()
      await this.#step()
      const before = left.length
      left = this.#invariants.unfinished()
      idle = left.length < before ? 0 : idle + 1
    }
    if (left.length > 0) throw new InvariantBroken(`invariant 6: ${left.map(describe).join('; ')} never ended`)
  }

  life(failure: Error | undefined): Life {
    this.#coverage.story(this.#story.told)
    return { outcome: this.#outcome(), story: this.#story.told, failure }
  }

  async #step(): Promise<void> {
    await this.#time.step()
    if (this.#trouble !== undefined) throw this.#trouble
    if (this.#time.isEmpty) this.#invariants.atRest((run) => this.#looking().load(run))
  }

  /** A new host over the same disk. What the old one had in memory, and its executors, are gone. */
  async #boot(): Promise<void> {
    this.#incarnation += 1
    this.#leftAlone.booted()
    this.#stuck.clear()
    const own = this.#incarnation
    const isAlive = (): boolean => this.#incarnation === own
    const isDamaged = this.#readings(own, 'readings', damageOdds, 'damage is read')
    const isUnread = this.#readings(own, 'unread', unreadOdds, 'the disk does not read')
    const randomness = Dice.of(this.#seed, 'host', own)
    const storage = this.#storage(randomness, isAlive, isDamaged, isUnread)
    const execution = new FaultyExecution({
      seed: this.#seed,
      story: this.#story,
      numbers: this.#numbers,
      time: this.#time,
      ledger: this.#ledger,
      step: (revision, step) => this.#workshop.step(revision, step),
      isAlive,
      started: (task) => this.#guard('a start', () => this.#invariants.started(task)),
      extras: this.#extras,
      reaches: (ref, dependency) => this.#guard('an attempt', () => this.#leftAlone.reaches(ref, dependency, this.#time.now)),
      heard: (ref) => this.#signs.heard(ref, this.#time.now),
    })
    const engine = createEngine({
      storage,
      execution,
      clock: this.#time.clockOf(isAlive),
      randomness,
      policy: () => this.#policy,
      notification: {
        committed: (entry) => this.#invariants.acknowledged(entry),
        signalled: () => undefined,
        troubled: (what, error) => {
          const [, stuck] = /^run (\S+) cannot go on/u.exec(what) ?? []
          if (isAlive() && stuck !== undefined) this.#stuck.add(stuck)
          if (isAlive() && !isOfTheStore(error)) this.#fail(what, error)
        },
      },
    })
    for (const revision of this.#workshop.present) engine.publish(revision)
    this.#engine = engine
    const recovering = engine.recover()
    recovering.then(
      ({ left }) => {
        const runs = left.map(({ run }) => run).filter(isRunId)
        this.#shares.left(runs)
        this.#throttled.left(runs)
        for (const { run } of isAlive() ? left : []) this.#stuck.add(run)
        const [first] = left
        if (first !== undefined && isAlive() && !isOfTheStore(first.error)) this.#fail(`run ${first.run} was not taken up`, first.error)
      },
      (error: unknown) => this.#fail('recovery', error),
    )
    await drained()
  }

  /** Whether one reading of a host goes wrong, each time that it is asked. */
  #readings(host: number, kind: string, odds: number, what: string): () => boolean {
    const dice = Dice.of(this.#seed, kind, host)
    let read = 0
    return () => {
      read += 1
      return !this.#calm && dice.fraction() < odds && this.#story.happens(`${kind} ${host}/${read}`, this.#time.now, what)
    }
  }

  #storage(randomness: Dice, isAlive: () => boolean = () => true, damaged: () => boolean = () => false, fails: () => boolean = () => false): MemoryStorage {
    return new MemoryStorage({
      damaged,
      fails,
      valueLimit,
      disk: this.#disk,
      randomness,
      defer: (flush) =>
        this.#time.after(this.#disks.int(0, 3), () => {
          if (isAlive()) flush()
        }),
      fate: () => this.#fate(),
      stored: (entry, transition) => {
        this.#trace?.(entry)
        const rows = entry.run === null ? undefined : this.#looking().load(entry.run)
        this.#guard(`entry ${entry.position}`, () => {
          const state = this.#invariants.stored(entry, rows, transition)
          if (entry.run === null) this.#coverage.host(entry)
          else if (state !== undefined) this.#coverage.entry(entry, state)
        })
      },
    })
  }

  /** The store as nobody disturbs it. */
  #looking(): MemoryStorage {
    return this.#storage(this.#disks)
  }

  #fate(): Fate {
    if (this.#calm) return 'stored'
    if (this.#isFull) return 'failed'
    const fate = this.#disks.weighted<Exclude<Fate, 'damaged'>>({ stored: 92, failed: 5, lost: 3 })
    const what = { stored: '', failed: 'the disk refuses', lost: 'the disk keeps, and does not say so' }[fate]
    this.#groups += 1
    return fate === 'stored' || this.#story.happens(`group ${this.#groups}`, this.#time.now, what) ? fate : 'stored'
  }

  /** Something that nobody planned: a start, a person, a death of the host. */
  async #disturb(key: string): Promise<void> {
    const what = this.#dice.weighted({ nothing: 140, start: this.#extras.holds || this.#extras.throttles ? 40 : 14, act: 40, restore: 9, replay: 4, name: 1, publish: 2, fill: 1, sleep: 1, death: 2, close: 1 })
    if (what === 'nothing' || !this.#story.happens(key, this.#time.now, disturbances[what])) return
    if (what === 'start') this.#people.start(this.#dice)
    if (what === 'act') this.#people.act(this.#dice)
    if (what === 'restore') this.#people.restore(this.#dice)
    if (what === 'replay') this.#people.replay(this.#dice)
    if (what === 'name') this.#people.name(this.#dice)
    if (what === 'publish') this.#publish()
    if (what === 'fill') this.#fill()
    if (what === 'sleep') this.#time.jump(this.#dice.int(1_000, 3_600_000))
    if (what === 'death') await this.#boot()
    if (what === 'close') this.#close()
  }

  /** The author of a workflow changes it. */
  #publish(): void {
    const revision = this.#workshop.change(this.#dice)
    if (revision !== undefined) this.#engine?.publish(revision)
  }

  /** The disk is full, until some time later. */
  #fill(): void {
    this.#isFull = true
    this.#time.after(this.#dice.int(100, 60_000), () => {
      this.#isFull = false
    })
  }

  /** The host is stopped as it should be, and started again once it has. */
  #close(): void {
    const own = this.#incarnation
    this.#engine?.close().then(
      () => (this.#incarnation === own ? this.#boot() : undefined),
      (error: unknown) => this.#fail('closing', error),
    )
  }

  #ask(action: (engine: Engine) => Promise<unknown>): void {
    const engine = this.#engine
    if (engine === undefined) return
    action(engine).catch((error: unknown) => {
      if (!(error instanceof ControlError) && !isOfTheStore(error)) this.#fail('an action', error)
    })
  }

  #guard(what: string, check: () => void): void {
    try {
      check()
    } catch (error) {
      this.#fail(what, error)
    }
  }

  #fail(what: string, error: unknown): void {
    const cause = error instanceof Error ? error : new Error(String(error))
    this.#trouble ??= new Error(`${what}: ${cause.message}`, { cause })
  }

  #outcome(): Outcome {
    const ended: Record<string, number> = {}
    for (const { record } of this.#disk.runs.values()) ended[record.status] = (ended[record.status] ?? 0) + 1
    return { seed: this.#seed, entries: this.#disk.journal.length, hosts: this.#incarnation, ended, covered: this.#coverage.counts() }
  }
}
