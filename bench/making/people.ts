/** The people of the workspace: they answer what is asked, most of it within hours, and step in now and then. */
import type { Engine } from '../../src/engine/control.ts'
import type { Actor } from '../../src/model/actor.ts'
import { ControlError } from '../../src/model/control-errors.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { Dice } from '../../test/simulation/dice.ts'
import type { Timeline } from './timeline.ts'

const minute = 60_000
const names = ['ann', 'bo', 'cem']

export class People {
  readonly #dice: Dice
  readonly #time: Timeline
  readonly #engine: () => Engine

  constructor(dice: Dice, time: Timeline, engine: () => Engine) {
    this.#dice = dice
    this.#time = time
    this.#engine = engine
  }

  hear(entry: JournalEntry): void {
    if (entry.run === null) return
    for (const event of entry.events) {
      if (event.type === 'decision_opened') this.#consider(entry.run, event.decision)
      if (event.type === 'run_created' && this.#dice.int(1, 1_000) <= 6) this.#stepIn(entry.run)
    }
  }

  #consider(run: RunId, { id, actions, kind }: DecisionRecord): void {
    if (this.#dice.percent(2)) return
    const [primary] = actions
    const rarely = kind === 'approval' && !this.#dice.percent(12) ? primary : this.#dice.pick(actions)
    const { name } = rarely ?? { name: 'approve' }
    const edit = kind === 'approval' && this.#dice.percent(25) ? 'Dear colleague,\n\nit is good to have you here.\n' : null
    const reason = this.#dice.percent(30) ? 'looked at it with the team' : null
    const actor = this.#somebody()
    this.#time.after(this.#dice.int(2, 300) * minute, () => {
      this.#try(this.#engine().decide({ run, decision: id, action: name, edit, reason, seen: null, actor }))
    })
  }

  #stepIn(run: RunId): void {
    const actor = this.#somebody()
    const act = { run, seen: null, actor, reason: 'the customer called' }
    this.#time.after(this.#dice.int(100, 2_000), () => {
      if (!this.#dice.percent(30)) return this.#try(this.#engine().cancel(act))
      this.#try(this.#engine().pause(act))
      if (this.#dice.percent(80)) this.#time.after(this.#dice.int(1, 90) * minute, () => this.#try(this.#engine().resume(act)))
    })
  }

  #somebody(): Actor {
    return { kind: 'person', name: this.#dice.pick(names) }
  }

  /** Somebody was faster, or the run has ended: they leave it at that. */
  #try(action: Promise<unknown>): void {
    action.catch((error: unknown) => {
      if (!(error instanceof ControlError)) throw error
    })
  }
}
