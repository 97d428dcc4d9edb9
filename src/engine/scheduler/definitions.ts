import type { RevisionHash } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { type Graph, graphOf } from '../planner/graph.ts'
import type { Storage } from '../ports.ts'
import type { Graphs } from '../state/run-state.ts'

/** The graphs of revisions, walked once each. */
export class Definitions {
  readonly #storage: Pick<Storage, 'revision'>
  readonly #graphs = new Map<RevisionHash, Graph>()

  constructor(storage: Pick<Storage, 'revision'>) {
    this.#storage = storage
  }

  /** @throws CorruptionFound where a run's revision is not in the store. */
  readonly graph: Graphs = (hash) => {
    const known = this.#graphs.get(hash)
    if (known !== undefined) return known
    const revision = this.#storage.revision(hash)
    if (revision === undefined) throw new CorruptionFound('revision', hash, 'a run pins it, but it is not stored')
    const graph = graphOf(revision.manifest)
    this.#graphs.set(hash, graph)
    return graph
  }
}
