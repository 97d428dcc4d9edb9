import type { Address } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Storage } from '../ports.ts'
import type { RunState } from '../state/run-state.ts'

/** The values of one live run, read once and kept while the run moves. */
export class RunValues {
  readonly #storage: Pick<Storage, 'value'>
  readonly #known = new Map<Address, Json>()

  constructor(storage: Pick<Storage, 'value'>) {
    this.#storage = storage
  }

  /** @throws CorruptionFound */
  get(state: RunState, address: Address): Json {
    const known = this.#known.get(address)
    if (known !== undefined) return known
    const value = this.#storage.value(state.lineage.id, address)
    this.#known.set(address, value)
    return value
  }

  /** Remembers what a turn has committed. */
  keep(committed: ReadonlyMap<Address, Json>): void {
    for (const [address, value] of committed) this.#known.set(address, value)
  }

  /** Forgets everything: a run that waits may wait for days. */
  forget(): void {
    this.#known.clear()
  }
}
