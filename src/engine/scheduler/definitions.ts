import type { RevisionHash } from '../../model/ids.ts'
import { type Graph, graphOf } from '../planner/graph.ts'
import type { Storage } from '../ports.ts'
import type { Graphs } from '../state/run-state.ts'

/** The graphs of revisions, walked once each. */
export class Definitions {
  readonly #storage: Pick<Storage, 'manifest'>
  readonly #graphs = new Map<RevisionHash, Graph>()

  constructor(storage: Pick<Storage, 'manifest'>) {
    this.#storage = storage
  }

  /** A run whose code is damaged has one: it can be read, set aside and sent back. @throws CorruptionFound where its manifest is damaged or not there */
  readonly graph: Graphs = (hash) => {
    const known = this.#graphs.get(hash)
    if (known !== undefined) return known
    const graph = graphOf(this.#storage.manifest(hash))
    this.#graphs.set(hash, graph)
    return graph
  }
}
