/** Two steps are swapped: what a turn makes ready begins, and then the turn is committed. */
import { replacing } from './replacing.ts'

replacing('/engine/scheduler/run-actor.ts', 'const committed = await proposed.committed', 'this.#reconcile()\n      const committed = await proposed.committed')
