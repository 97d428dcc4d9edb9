import { z } from 'zod'
import type { RunId } from '../../model/ids.ts'
import { Finding, keyOf } from '../../model/integrity.ts'
import { CorruptionFound, GivenUp } from '../../model/storage-errors.ts'
import { damageOf, malformedOf } from '../sqlite/reading.ts'
import { isBeside, Place, start } from './place.ts'

/** A finding, and from where a walk meets it again: so that it can be seen whether it is mended. */
export const Found = Finding.extend({
  place: Place,
  /**
   * It stands, and is listed no more: it was `told` of once, and is another's by now, or its run can do without; or its run is `counted` among
   * those that are not named for damaged code.
   */
  silent: z.enum(['told', 'counted']).optional(),
})
export type Found = z.infer<typeof Found>

/** Those that are listed, as whoever reads them knows them. */
export function listed(all: readonly Found[]): Finding[] {
  return all.flatMap(({ place: _, silent, ...finding }) => (silent === undefined ? [finding] : []))
}

/** What is found of a run is not found once more of nobody: a value, for one, is met by its run and by itself. */
export function namedOnce(all: readonly Found[]): Found[] {
  const named = new Set(all.flatMap(({ object, key, run }) => (run === null ? [] : [`${object} ${key}`])))
  return all.filter(({ object, key, run }) => run !== null || !named.has(`${object} ${key}`))
}

/** A store with this many is read no further: it is beyond being listed. */
const most = 1_000

/** What a walk finds, each thing once; and what of that which was found before it finds whole. */
export class Findings {
  readonly #found = new Map<string, Found>()
  readonly #whole = new Set<string>()
  readonly #unseen: Place[] = []
  readonly #goOn: () => void
  readonly #asked: ReadonlySet<string>
  #counted = 0
  #isFull = false
  #place: Place = start
  #run: RunId | null = null

  /** `goOn` is called before each check. Where it throws `GivenUp`, the walk is over. `asked` names what is to be told where it is whole. */
  constructor(goOn: () => void, asked: ReadonlySet<string> = new Set()) {
    this.#goOn = goOn
    this.#asked = asked
  }

  get list(): readonly Found[] {
    return [...this.#found.values()]
  }

  /** What was asked for and is whole. */
  get whole(): readonly string[] {
    return [...this.#whole]
  }

  /** Of these places, those where nothing was found, and nothing kept from being looked at. */
  clear(places: readonly Place[]): readonly Place[] {
    const troubled = [...this.list.map(({ place }) => place), ...this.#unseen]
    return this.#isFull ? [] : places.filter((place) => !troubled.some((other) => isBeside(place, other)))
  }

  /** What is found from now on is met by a walk from here; `run` is whose it is. */
  at(place: Place, run: RunId | null = null): void {
    this.#place = place
    this.#run = run
  }

  add(object: string, key: string, detail: string, run = this.#run): void {
    const found: Found = { object, key, detail, run, nearest: null, place: this.#place }
    if (this.#found.has(keyOf(found))) return
    if (this.#found.size - this.#counted < most) this.#found.set(keyOf(found), found)
    else this.#isFull = true
  }

  /** A run that cannot go on without it, too, and is not named for it: it is counted elsewhere, and takes no room here. */
  count(object: string, key: string, detail: string, run: RunId): void {
    const found: Found = { object, key, detail, run, nearest: null, place: this.#place, silent: 'counted' }
    if (this.#found.has(keyOf(found))) return
    this.#found.set(keyOf(found), found)
    this.#counted += 1
  }

  /** All that is looked at of this is as it was written. */
  sawWhole(object: string, key: string, run = this.#run): void {
    const name = keyOf({ object, key, run })
    if (this.#asked.has(name)) this.#whole.add(name)
  }

  /** Something at this place could not be looked at, since what it is held against is damaged: what was found there may stand still. */
  couldNotSee(): void {
    this.#unseen.push(this.#place)
  }

  /** A check that is all there is to look at of this. */
  checkAll(object: string, key: string, run: () => void): boolean {
    const isWhole = this.check(object, key, run)
    if (isWhole) this.sawWhole(object, key)
    return isWhole
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
