/** What people do to runs at random, whatever these are at, and how they see to it that all of them end. */
import type { Actor } from '../../src/model/actor.ts'
import { idempotencyKey } from '../../src/model/idempotency-key.ts'
import type { Engine } from '../../src/engine/control.ts'
import type { RunState } from '../../src/engine/state/run-state.ts'
import type { Dice } from './dice.ts'
import type { EffectsLedger } from './effects-ledger.ts'
import type { Extras } from './extras.ts'
import type { Disk } from './memory-storage.ts'
import type { Workshop } from './workshop.ts'

const all: readonly [Actor, ...Actor[]] = [
  { kind: 'person', name: 'ann' },
  { kind: 'person', name: 'ben' },
]

export interface Surroundings {
  readonly disk: Disk
  readonly ledger: EffectsLedger
  readonly workshop: Workshop
  readonly extras: Extras
  readonly unfinished: () => readonly RunState[]
  /** Has the host do something, which may refuse it. */
  readonly ask: (action: (engine: Engine) => Promise<unknown>) => void
}

export class People {
  readonly #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
  }

  start(dice: Dice): void {
    const { manifest } = dice.pick(this.#around.workshop.present)
    const [actor] = all
    this.#around.ask((engine) =>
      engine.start({ workflow: manifest.name, input: { n: dice.int(0, 9) }, context: {}, correlation: null, priority: dice.int(-2, 2), actor }),
    )
  }

  act(dice: Dice): void {
    const { ask, unfinished, extras } = this.#around
    if (extras.breakers && dice.percent(15)) return this.#close(dice)
    if (extras.throttles && dice.percent(4)) return this.#lift(dice)
    const runs = unfinished()
    if (runs.length === 0) return
    const state = dice.pick(runs)
    const act = asking(dice, state)
    switch (dice.weighted({ decide: 60, pause: 15, resume: 20, cancel: 5, checkpoint: 5, rollback: 10 })) {
      case 'decide':
        this.#decide(dice, state)
        if (dice.percent(30)) this.#decide(dice, state)
        break
      case 'pause':
        return ask((engine) => engine.pause(act))
      case 'resume':
        return ask((engine) => engine.resume(act))
      case 'cancel':
        return ask((engine) => engine.cancel(act))
      case 'checkpoint':
        return ask((engine) => engine.checkpoint(act))
      case 'rollback': {
        const names = state.graph.manifest.steps.flatMap(({ savepoint = [] }) => savepoint)
        if (names.length > 0) ask((engine) => engine.rollback({ ...act, savepoint: dice.pick(names) }))
      }
    }
  }

  /** Any run goes back to any of its checkpoints, whatever it is at. */
  restore(dice: Dice): void {
    const { ask, disk, extras } = this.#around
    const runs = [...disk.runs.values()]
    if (runs.length === 0) return
    const { record } = dice.pick(runs)
    const seen = dice.percent(50) ? record.version : null
    if (extras.strategies && dice.percent(40)) return ask((engine) => engine.recoverRun({ run: record.id, seen, strategy: null, actor: dice.pick(all), reason: 'mended' }))
    const definition = dice.percent(40) ? ('present' as const) : ('pinned' as const)
    const request = { run: record.id, seen, definition, revision: null, actor: dice.pick(all), reason: 'sent back' }
    ask((engine) => engine.restore({ ...request, checkpoint: dice.int(0, record.head) }))
    if (dice.percent(20)) ask((engine) => engine.restore({ ...request, checkpoint: 0 }))
  }

  /** Any run is replayed from any of its checkpoints, whatever it is at, as it was or edited. */
  replay(dice: Dice): void {
    const { ask, disk } = this.#around
    const runs = [...disk.runs.values()]
    if (runs.length === 0) return
    const { record, steps } = dice.pick(runs)
    const checkpoint = dice.int(0, record.head)
    const { step, iteration } = dice.pick([...steps.values()])
    const what = dice.weighted({ nothing: 60, input: 10, output: 30 })
    const edits = {
      nothing: {},
      input: { input: { n: dice.int(0, 9) } },
      output: { outputs: [{ step, iteration, value: { body: 'mended' } }] },
    }[what]
    const actor = dice.pick(all)
    ask((engine) => engine.replay({ run: record.id, checkpoint, definition: 'pinned', revision: null, edits, actor, reason: 'simulated' }))
  }

  /** Any branch gets a name, of whichever run. */
  name(dice: Dice): void {
    const { ask, disk } = this.#around
    const runs = [...disk.runs.values()]
    if (runs.length === 0) return
    const { record } = dice.pick(runs)
    const naming = { branch: dice.int(0, record.branch), name: dice.pick(['a try', null]) }
    ask((engine) => engine.nameBranch({ run: record.id, actor: dice.pick(all), ...naming }))
  }

  /** People who want every run to end: they decide what is asked and resume what is paused. */
  comfort(dice: Dice): void {
    const { ask, unfinished } = this.#around
    for (const state of unfinished()) {
      const { status, paused } = state.record
      if (status === 'quarantined') ask((engine) => engine.cancel(asking(dice, state)))
      else if (paused) ask((engine) => engine.resume(asking(dice, state)))
      const [decision] = state.decisions()
      if (decision !== undefined && dice.percent(30)) this.#decide(dice, state)
    }
  }

  /** Somebody has mended what a breaker stands before, or says so. */
  #close(dice: Dice): void {
    this.#around.ask(async (engine) => {
      const breakers = engine.breakers()
      if (breakers.length === 0) return
      const { workflow, dependency } = dice.pick(breakers)
      await engine.resetBreaker({ name: { workflow, dependency }, actor: dice.pick(all), reason: 'mended' })
    })
  }

  /** Somebody knows that what is throttled has room again, or says so. */
  #lift(dice: Dice): void {
    this.#around.ask(async (engine) => {
      const throttles = engine.throttles()
      if (throttles.length === 0) return
      const { workflow, dependency } = dice.pick(throttles)
      await engine.resetThrottle({ name: { workflow, dependency }, actor: dice.pick(all), reason: 'it has room' })
    })
  }

  #decide(dice: Dice, state: RunState): void {
    const { ask, ledger } = this.#around
    const pending = [...state.decisions()]
    if (pending.length === 0) return
    const decision = dice.pick(pending)
    const { run, actor, seen } = asking(dice, state)
    const { kind } = decision
    const pass = state.pass(decision)
    const phase = pass.status === 'completed' ? 'compensate' : 'run'
    const happened = ledger.hasHappened(idempotencyKey(run, pass, phase))
    const truth = happened ? 'happened' : 'did-not-happen'
    const errs = dice.percent(3)
    const right = kind === 'in_doubt' ? truth : dice.pick(decision.actions).name
    const action = errs && dice.percent(50) ? 'whatever' : right
    const edits = kind === 'approval' && decision.edits !== null && dice.percent(30)
    const edit = kind === 'in_doubt' || kind === 'arm' ? (errs ? null : { body: 'seen outside' }) : edits || errs ? 'edited' : null
    ask((engine) => engine.decide({ run, seen, actor, reason: 'a note', decision: decision.id, action, edit }))
  }
}

/** Somebody who looked at the run, or acts on whatever it is. */
function asking(dice: Dice, { record }: RunState): { run: RunState['record']['id']; seen: number | null; actor: Actor; reason: string } {
  const seen = dice.percent(50) ? record.version : null
  return { run: record.id, seen, actor: dice.pick(all), reason: 'simulated' }
}
