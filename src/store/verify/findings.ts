import type { z } from 'zod'
import type { RunId } from '../../model/ids.ts'
import { Finding, keyOf } from '../../model/integrity.ts'
import { CorruptionFound, GivenUp } from '../../model/storage-errors.ts'
import { damageOf, malformedOf } from '../sqlite/reading.ts'
import { Place, start } from './place.ts'

/** A finding, and from where a walk meets it again: so that it can be seen whether it is mended. */
export const Found = Finding.extend({ place: Place })
export type Found = z.infer<typeof Found>

/** The finding without the place. */
export function bare({ place: _, ...finding }: Found): Finding {
  return finding
}

/** What is found of a run is not found once more of nobody: a value, for one, is met by its run and by itself. */
export function namedOnce(all: readonly Found[]): Found[] {
  const named = new Set(all.flatMap(({ object, key, run }) => (run === null ? [] : [`${object} ${key}`])))
  return all.filter(({ object, key, run }) => run !== null || !named.has(`${object} ${key}`))
}

/** A store with this many is read no further: it is beyond being listed. */
const most = 1_000

/** What a walk finds; each thing once. */
export class Findings {
  readonly #found = new Map<string, Found>()
  readonly #goOn: () => void
  #place: Place = start
  #run: RunId | null = null

  /** `goOn` is called before each check. Where it throws `GivenUp`, the walk is over. */
  constructor(goOn: () => void) {
    this.#goOn = goOn
  }

  get list(): readonly Found[] {
    return [...this.#found.values()]
  }

  /** What is found from now on is met by a walk from here; `run` is whose it is. */
  at(place: Place, run: RunId | null = null): void {
    this.#place = place
    this.#run = run
  }

  add(object: string, key: string, detail: string, run = this.#run): void {
    const found: Found = { object, key, detail, run, nearest: null, place: this.#place }
    const name = keyOf(found)
    if (this.#found.size < most && !this.#found.has(name)) this.#found.set(name, found)
  }

  /** Runs a check; what it throws is a finding and ends that check alone: also where a page cannot be read that it needs. Of its schema, it is of the file. */
  check(object: string, key: string, run: () => void): boolean {
    try {
      this.#goOn()
      run()
      return true
    } catch (error) {
      if (error instanceof GivenUp) throw error
      const malformed = malformedOf('', error)
      if (malformed !== undefined) return this.#unread(object, key, malformed.detail)
      const found = damageOf(`at ${object} ${key}`, error) ?? error
      if (found instanceof CorruptionFound) this.add(found.object, found.key, found.detail)
      else this.add(object, key, found instanceof Error ? found.message : String(found))
      return false
    }
  }

  #unread(object: string, key: string, detail: string): false {
    this.add(object, key, object === 'file' ? detail : `a page that it needs cannot be read (${detail})`)
    return false
  }
}
