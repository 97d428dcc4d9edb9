/** The workflows of a life: what each is now, and every revision that there was, since runs pin them. */
import type { RevisionHash } from '../../src/model/ids.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import type { Revision } from '../../src/model/revision.ts'
import { type Graph, graphOf } from '../../src/engine/planner/graph.ts'
import type { Dice } from './dice.ts'
import { laterWorkflow } from './later-workflow.ts'
import type { Disk } from './memory-storage.ts'

export class Workshop {
  readonly #disk: Disk
  readonly #present: Revision[]
  readonly #graphs = new Map<RevisionHash, Graph>()

  constructor(disk: Disk, first: readonly Revision[]) {
    this.#disk = disk
    this.#present = [...first]
    for (const revision of first) this.#keep(revision)
  }

  /** What new runs pin. */
  get present(): readonly Revision[] {
    return this.#present
  }

  /** The author of a workflow changes it; undefined where there is none. */
  change(dice: Dice): Revision | undefined {
    const index = dice.int(0, this.#present.length - 1)
    const before = this.#present[index]
    if (before === undefined) return undefined
    const revision = laterWorkflow(dice, before)
    this.#keep(revision)
    this.#present[index] = revision
    return revision
  }

  graph(hash: RevisionHash): Graph {
    const graph = this.#graphs.get(hash)
    if (graph === undefined) throw new Error(`no revision ${hash}`)
    return graph
  }

  step(hash: RevisionHash, step: string): StepManifest {
    const found = this.graph(hash).manifest.steps.find(({ id }) => id === step)
    if (found === undefined) throw new Error(`no step ${step}`)
    return found
  }

  #keep(revision: Revision): void {
    this.#disk.revisions.set(revision.hash, revision)
    this.#graphs.set(revision.hash, graphOf(revision.manifest))
  }
}
