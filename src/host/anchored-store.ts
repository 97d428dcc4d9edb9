import type { Failure } from '../model/failure.ts'
import { openStore, type Store, type StoreOptions } from '../store/open-store.ts'
import type { Closing } from './closing.ts'
import { anchorWithUser, userAlarm } from './workspace/user-anchor.ts'

export interface AnchoredStore {
  readonly store: Store
  /** Set where the journal is not what its anchor, or that of its user, says. */
  readonly alarm: Failure | null
  /** Remembers with the user where the journal is. That it cannot be is told, and stops nothing. */
  readonly anchor: () => void
}

/** Opens the store of a workspace, which is anchored with its user from then on. @throws what `openStore` does */
export async function openAnchored(options: StoreOptions, closing: Closing): Promise<AnchoredStore> {
  const { workspace, troubled } = options
  const store = await openStore(options)
  closing.add(() => store.close())
  const anchor = (): void => {
    try {
      anchorWithUser(workspace, store)
    } catch (error) {
      troubled('anchoring the journal with its user', error)
    }
  }
  closing.add(anchor)
  const alarm = store.alarm ?? userAlarm(workspace, store)
  if (alarm !== null) store.verifier.alarmed(alarm)
  return { store, alarm, anchor }
}
