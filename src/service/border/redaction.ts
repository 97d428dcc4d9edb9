import { createHmac, randomBytes } from 'node:crypto'
import type { Marked, Queries, Sensitivity } from '../../engine/queries.ts'
import type { Position } from '../../model/entry.ts'
import type { RevisionHash, RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { valueAt } from '../../model/sensitive/as-it-was.ts'
import { type Hidden, isHidden, type Path, pointer, unknownText } from '../../model/sensitive/hidden.ts'
import { hide } from '../../model/sensitive/hide.ts'
import { schemasAt } from '../../model/sensitive/marks.ts'
import { marksAny } from '../../model/sensitive/schema-nodes.ts'
import { scrubber } from '../../model/sensitive/scrub.ts'
import type { Feed } from '../feed.ts'

/** What of one run does not leave the host. */
export interface Redaction {
  /** A text that code or people wrote. */
  text(text: string): string
  /** A value that no schema speaks of. */
  free(value: Json): Json
  /** The value of a key of the state (`model/checkpoint.ts`), or the part of that at a path. */
  value(key: string, whole: Json, path?: Path): Json
  /** All of a value, whatever it is. */
  hidden(value: Json): Json
  /** Whether anything of a key's value may be hidden for what its schema says. */
  marks(key: string): boolean
}

/** How many runs are remembered. */
const most = 2_000

interface Remembered {
  readonly redaction: Redaction | null
  /** It was read at this position or later, and nothing was committed of the run since. */
  upTo: Position
}

/**
 * What of each run does not leave. It is read when something of the run is about to, and kept while the run stands still.
 *
 * A mark says whether what it stands for has changed, by a key that this process makes for itself and never tells.
 */
export class Redactions {
  readonly #queries: Pick<Queries, 'sensitivity'>
  readonly #feed: Pick<Feed, 'head' | 'since'>
  readonly #remembered = new Map<RunId, Remembered>()
  readonly #key = randomBytes(32)

  constructor({ queries, feed }: { readonly queries: Pick<Queries, 'sensitivity'>; readonly feed: Pick<Feed, 'head' | 'since'> }) {
    this.#queries = queries
    this.#feed = feed
  }

  /** Null where nothing of the run is marked. */
  async of(run: RunId): Promise<Redaction | null> {
    const remembered = this.#remembered.get(run)
    if (remembered !== undefined && this.#stands(run, remembered)) return remembered.redaction
    const upTo = this.#feed.head()
    const sensitivity = await this.#queries.sensitivity(run)
    this.#remembered.delete(run)
    const redaction = this.#by(run, sensitivity)
    // It is asked again each time: what is damaged may be mended without a commit.
    if (sensitivity === 'unknown' || sensitivity?.texts === 'unknown') return redaction
    this.#remembered.set(run, { redaction, upTo })
    const [oldest] = this.#remembered.keys()
    if (this.#remembered.size > most && oldest !== undefined) this.#remembered.delete(oldest)
    return redaction
  }

  /** Of what the run would be by another definition besides, which it does not go by yet. */
  async ofBoth(run: RunId, besides: RevisionHash): Promise<Redaction | null> {
    return this.#by(run, await this.#queries.sensitivity(run, besides))
  }

  #by(run: RunId, sensitivity: Sensitivity | null): Redaction | null {
    const marking = ($hidden: Hidden['$hidden']): Mark => (path, value) => ({ $hidden, at: pointer(path), is: this.#sameness(run, pointer(path), value) })
    if (sensitivity === null) return null
    const unknown = hidingAll(marking('unknown'))
    return sensitivity === 'unknown' ? unknown : redactionOf(sensitivity, marking('sensitive'), unknown)
  }

  #stands(run: RunId, remembered: Remembered): boolean {
    const news = this.#feed.since(remembered.upTo)
    if (news === undefined || news.some(({ entry }) => entry.run === run)) return false
    remembered.upTo = this.#feed.head()
    return true
  }

  #sameness(run: RunId, at: string, value: Json): string {
    return createHmac('sha256', this.#key).update(JSON.stringify([run, at, value])).digest('base64url').slice(0, 12)
  }
}

type Mark = (path: Path, value: Json) => Hidden

/** Where nobody knows what is sensitive, whatever code and people wrote may be. */
function hidingAll(mark: Mark): Redaction {
  return {
    text: () => unknownText,
    free: (value) => mark([], value),
    hidden: (value) => mark([], value),
    marks: () => true,
    value: (_, whole, path = []) => mark(path, valueAt(whole, path) ?? null),
  }
}

/** By what is known; as `unknown` does it, what no schema speaks of where it may hold a text that nobody knows. */
function redactionOf({ marks, texts }: Marked, mark: Mark, unknown: Redaction): Redaction {
  const { text, free } = texts === 'unknown' ? unknown : scrubbing(texts)
  return {
    text,
    free,
    hidden: (value) => mark([], value),
    marks: (key) => schemasAt(marks, key).some(marksAny),
    value(key, whole, path = []) {
      const schemas = schemasAt(marks, key)
      const part = valueAt(whole, path) ?? null
      if (schemas.length === 0) return texts === 'unknown' ? unknown.value(key, whole, path) : free(part)
      const shown = hide(schemas, whole, mark)
      const isWithinHidden = path.some((_, depth) => isHidden(valueAt(shown, path.slice(0, depth))))
      return isWithinHidden ? mark(path, part) : (valueAt(shown, path) ?? null)
    },
  }
}

function scrubbing(texts: readonly string[]): Pick<Redaction, 'text' | 'free'> {
  const scrub = scrubber(texts)
  return { text: (text) => scrub?.text(text) ?? text, free: (value) => scrub?.json(value) ?? value }
}
