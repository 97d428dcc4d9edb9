/** The revisions that this process was given: their text, and once a task needs it, the definition that it makes. */
import type { RevisionHash } from '../../../model/ids.ts'
import type { Definition, StepDefinition } from '../../../sdk/definition.ts'
import { definitionIn } from './definition-in.ts'
import { evaluate } from '../../evaluate.ts'

type Loaded = { readonly definition: Definition } | { readonly error: unknown }

export class Bundles {
  readonly #texts = new Map<RevisionHash, { readonly file: string; readonly text: string }>()
  readonly #loaded = new Map<RevisionHash, Loaded>()

  keep(revision: RevisionHash, file: string, text: string): void {
    this.#texts.set(revision, { file, text })
  }

  /** @throws whatever the module threw while it was evaluated, each time again */
  definition(revision: RevisionHash): Definition {
    const loaded = this.#loaded.get(revision) ?? this.#load(revision)
    if ('error' in loaded) throw loaded.error
    return loaded.definition
  }

  /** @throws what `definition` does, and where the definition has no such step */
  step(revision: RevisionHash, id: string): StepDefinition {
    const { name, version, steps } = this.definition(revision)
    const step = steps.find((candidate) => candidate.id === id)
    if (step === undefined) throw new TypeError(`workflow ${name} version ${version} has no step ${id}`)
    return step
  }

  #load(revision: RevisionHash): Loaded {
    const loaded = this.#evaluate(revision)
    this.#loaded.set(revision, loaded)
    this.#texts.delete(revision)
    return loaded
  }

  #evaluate(revision: RevisionHash): Loaded {
    const bundle = this.#texts.get(revision)
    if (bundle === undefined) return { error: new Error(`this process was not given revision ${revision}`) }
    try {
      return { definition: definitionIn(evaluate(bundle.file, bundle.text)) }
    } catch (error) {
      return { error }
    }
  }
}
