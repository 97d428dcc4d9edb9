/** Two steps are swapped: what a turn makes ready begins, and then the turn is committed. */
import { replacing } from './replacing.ts'

replacing('/engine/scheduler/run-actor.ts', 'const { entry, summary, children = [] } = await committed', 'this.#reconcile()\n      const { entry, summary, children = [] } = await committed')
