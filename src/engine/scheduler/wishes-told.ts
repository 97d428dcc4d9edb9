import type { RunId } from '../../model/ids.ts'
import { type ChildOf, type ChildWish, wishes } from '../planner/child-wish.ts'
import type { RunState } from '../state/run-state.ts'

/** What a run was found to want of each child that it waits for: told once, and again where it is another. */
export class WishesTold {
  #awaited = new Map<RunId, { readonly of: ChildOf; readonly wish: string }>()

  /** Tells what is new of what the run wants by now, also of children for which it does not wait any more. */
  tell(state: RunState, wanted: (of: ChildOf, wish: ChildWish) => void): void {
    const before = this.#awaited
    this.#awaited = new Map()
    for (const { of, wish, isAwaited } of wishes(state, before.values().map((known) => known.of))) {
      const key = JSON.stringify(wish)
      if (isAwaited) this.#awaited.set(of.child, { of, wish: key })
      if (before.get(of.child)?.wish !== key) wanted(of, wish)
    }
  }
}
