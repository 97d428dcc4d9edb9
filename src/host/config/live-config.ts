/**
 * The settings in force, and the file that they come from, which is looked at again whenever it changes.
 *
 * Invariants:
 * 1. What is in force was right as a whole. A file that is wrong changes nothing, and is told of.
 * 2. What comes into force is in the journal before it does.
 * 3. A file is taken once it has stayed as it is for a while: an editor may empty it, or move it away, before it writes it.
 */
import { dirname } from 'node:path'
import type { WorkflowEntry } from '../../contract/workflows.ts'
import { WatchedFolders } from '../../effects/loader/watched-folders.ts'
import type { Clock } from '../../engine/ports.ts'
import { passed } from '../../engine/scheduler/waited-out.ts'
import type { Instant } from '../../model/ids.ts'
import type { Fault, PolicyView } from '../../model/policy/policy-view.ts'
import type { Record } from '../record.ts'
import { StartRefused } from '../start-refused.ts'
import { faultLine } from './config.ts'
import type { Config, ConfigRead } from './parse-config.ts'
import { parseSource, type Source, sourceOf } from './source.ts'
import { changesBetween, type Row, rowsOf, sectionsOf, settingsIn } from './settings-of.ts'
import { scarceIn, strangersIn } from './strangers.ts'

export interface LiveConfigParts {
  readonly file: string
  /** As the file was when the host started. */
  readonly first: ConfigRead
  readonly clock: Clock
  readonly record: Record
  /** The workflows that are here; null while that is not known. */
  readonly here: () => readonly WorkflowEntry[] | null
  /** Told once others are in force, or were refused. */
  readonly changed: () => void
  readonly troubled: (what: string, error: unknown) => void
}

/** How long a file has to stay as it is, in milliseconds: one that is empty or gone may be about to be written. */
const settle = { usual: 100, empty: 1_000 }

export class LiveConfig {
  readonly #parts: LiveConfigParts
  readonly #folders: WatchedFolders
  readonly #started: readonly Row[]
  #read: ConfigRead
  #rows: readonly Row[]
  #since: Instant
  #refused: { readonly at: Instant; readonly faults: [Fault, ...Fault[]] } | null = null
  /** What was looked at last; null before anything was. */
  #seen: Source | null = null
  #last: Promise<void> = Promise.resolve()
  /** A look that has not begun: it does for all who ask until then. */
  #next: Promise<void> | undefined
  readonly #closed = new AbortController()

  constructor(parts: LiveConfigParts) {
    this.#parts = parts
    this.#read = parts.first
    this.#rows = rowsOf(parts.first)
    this.#started = this.#rows
    this.#since = parts.clock.now()
    this.#folders = new WatchedFolders(
      () => this.#noticed(),
      (_, error) => parts.troubled(`changes of ${parts.file} are not noticed`, error),
    )
  }

  /** What is in force. */
  get config(): Config {
    return this.#read.config
  }

  view(): PolicyView {
    const { file, here } = this.#parts
    const workflows = here()
    return {
      file,
      since: this.#since,
      settings: settingsIn(this.#rows, this.#started),
      sections: sectionsOf(),
      refused: this.#refused,
      // Of a file that is wrong only that is told: lines of the one before would lead nowhere.
      strangers: workflows === null || this.#refused !== null ? null : [...strangersIn(this.#read, workflows), ...scarceIn(this.#read, workflows)],
    }
  }

  /** Follows the file from now on. What was written since it was read first is taken, too, a moment later. */
  async watch(): Promise<void> {
    await this.#folders.set([dirname(this.#parts.file)])
    this.#noticed()
  }

  /** Looks at the file now. */
  refresh(): Promise<void> {
    this.#next ??= this.#last.then(() => {
      this.#next = undefined
      return this.#look()
    })
    this.#last = this.#next.catch(() => undefined)
    return this.#next
  }

  async close(): Promise<void> {
    this.#closed.abort()
    this.#folders.close()
    await this.#last
  }

  /** What cannot be journaled now is tried again. */
  #noticed(): void {
    const { file, troubled } = this.#parts
    this.refresh().catch(async (error: unknown) => {
      troubled(`${file} could not be looked at`, error)
      await passed(this.#parts.clock, settle.empty, this.#closed.signal)
      if (!this.#closed.signal.aborted) this.#noticed()
    })
  }

  async #look(): Promise<void> {
    const source = await this.#settled()
    if (isSame(source, this.#seen) || this.#closed.signal.aborted) return
    const parsed = parseSource(source)
    const isOther = 'faults' in parsed ? await this.#refuse([...parsed.faults]) : await this.#take(parsed.read)
    this.#seen = source
    if (isOther) this.#parts.changed()
  }

  async #refuse(faults: [Fault, ...Fault[]]): Promise<true> {
    const { clock, file, record, troubled } = this.#parts
    this.#refused = { at: clock.now(), faults }
    troubled(`${file} is wrong: what was in force stays`, new StartRefused('config', faults.map(faultLine).join('\n')))
    await record({ type: 'policy_refused', faults })
    return true
  }

  /** False where it says what was in force already. */
  async #take(read: ConfigRead): Promise<boolean> {
    const rows = rowsOf(read)
    const changes = changesBetween(this.#rows, rows)
    const isOther = changes.length > 0 || this.#refused !== null
    if (isOther) await this.#parts.record({ type: 'policy_changed', changes })
    if (changes.length > 0) this.#since = this.#parts.clock.now()
    this.#read = read
    this.#rows = rows
    this.#refused = null
    return isOther
  }

  /** What the file holds, once that has stayed as it is. */
  async #settled(): Promise<Source> {
    let source = sourceOf(this.#parts.file)
    while (!isSame(source, this.#seen) && !this.#closed.signal.aborted) {
      await passed(this.#parts.clock, source.text.trim() === '' ? settle.empty : settle.usual, this.#closed.signal)
      const again = sourceOf(this.#parts.file)
      if (isSame(source, again)) return source
      source = again
    }
    return source
  }
}

function isSame(one: Source, other: Source | null): boolean {
  return one.text === other?.text && one.unreadable === other.unreadable
}
