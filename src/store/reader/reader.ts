import type { Queries } from '../../engine/queries.ts'
import { readCheckpointPage } from '../format/checkpoint-page.ts'
import { AskedThread, type AskedThreadOptions } from '../thread/asked-thread.ts'
import type { Reads } from './reads.ts'

/** The reader's thread as the engine's thread sees it. */
export class Reader implements Queries {
  readonly #thread: AskedThread<Reads>

  /** `entry` is the module that the thread runs: `thread.ts`, or what it was bundled into. */
  constructor(options: Omit<AskedThreadOptions, 'name'>) {
    this.#thread = new AskedThread({ ...options, name: 'reader' })
  }

  readonly runs: Queries['runs'] = (filter) => this.#thread.ask('runs', filter)
  readonly run: Queries['run'] = (run) => this.#thread.ask('run', run)
  readonly branches: Queries['branches'] = (run) => this.#thread.ask('branches', run)
  readonly checkpoints: Queries['checkpoints'] = async (...given) => readCheckpointPage(await this.#thread.ask('checkpointPage', ...given))
  readonly state: Queries['state'] = (run, checkpoint) => this.#thread.ask('state', run, checkpoint)
  readonly journal: Queries['journal'] = (after, limit, run) => this.#thread.ask('journal', after, limit, run)
  readonly journalBefore: Queries['journalBefore'] = (before, limit, run) =>
    this.#thread.ask('journalBefore', before, limit, run)

  readonly signals: Queries['signals'] = (run, limit, which) => this.#thread.ask('signals', run, limit, which)
  readonly decisions: Queries['decisions'] = (run) => this.#thread.ask('decisions', run)
  readonly pending: Queries['pending'] = () => this.#thread.ask('pending')
  readonly urgent: Queries['urgent'] = (limit) => this.#thread.ask('urgent', limit)
  readonly deadLetters: Queries['deadLetters'] = (after, limit) => this.#thread.ask('deadLetters', after, limit)
  readonly value: Queries['value'] = (run, address, upTo) => this.#thread.ask('value', run, address, upTo)

  readonly revision: Queries['revision'] = (hash) => this.#thread.ask('revision', hash)
  readonly sensitivity: Queries['sensitivity'] = (run, besides) => this.#thread.ask('sensitivity', run, besides)
  readonly present: Queries['present'] = () => this.#thread.ask('present')

  readonly removed: Queries['removed'] = (run) => this.#thread.ask('removed', run)

  /** Answers what was asked, then ends the thread. */
  close(): Promise<void> {
    return this.#thread.close()
  }
}
