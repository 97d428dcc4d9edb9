/** Two steps are swapped: what a turn makes ready begins, and then the turn is committed. */
import { replacing } from './replacing.ts'

replacing('/engine/scheduler/run-actor.ts', 'await this.#commit(turn, actor)', 'this.#reconcile()\n      await this.#commit(turn, actor)')
