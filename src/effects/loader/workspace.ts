/**
 * The workflows of a workspace, as they are and as they change: each module of `workflows/` is loaded, and loaded again
 * when it changes, or anything of the workspace that it imports.
 *
 * Invariants:
 * 1. One refresh at a time. A change during one leads to another.
 * 2. A refresh ends only when everything that it read was read from folders that were watched by then, and is as it was.
 * 3. Events are told one after the other. What is told is always true of all files together.
 */
import { realpath } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import type { Clock } from '../../engine/ports.ts'
import type { Millis } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { refuseCallers } from './callers.ts'
import { DefinitionError, type ProblemCode } from './definition-error.ts'
import { type LoadOptions, loadWorkflow } from './load-workflow.ts'
import { haveChanged, type Sources, stampOf } from './sources.ts'
import { changes, refuseNamesakes, type Standing, type Standings, type WorkflowEvent } from './standing.ts'
import { WatchedFolders } from './watched-folders.ts'
import { workflowFiles, workflowsFolder } from './workflow-files.ts'

export interface WorkspaceOptions extends Omit<LoadOptions, 'signal'> {
  readonly clock: Clock
  /** Told of everything that changes, one event at a time: the next waits until this one has been taken. */
  readonly report: (event: WorkflowEvent) => void | Promise<void>
  /** Told at the end of each look: every file has been loaded or refused, and that was taken; or why not. */
  readonly looked?: (failure: unknown) => void
  /** Something that no file is at fault for. */
  readonly troubled: (what: string, error: unknown) => void
  /** Whether changes are followed; true unless said otherwise. */
  readonly watch?: boolean
  /** How long after a change is noticed it is looked at, in milliseconds: changes seldom come alone. */
  readonly settle?: Millis
}

export interface OpenWorkspace {
  /**
   * Looks for changes now: what was refused for want of trust is loaded, if it is trusted by now. Resolves once every
   * workflow has been loaded or refused, and that has been told.
   */
  refresh(): Promise<void>
  /** How many files are known that have been neither loaded nor refused yet. */
  unread(): number
  /** Nothing is told after this resolves; loading under way is ended. */
  close(): Promise<void>
}

/** Resolves once it is known which files there are; the first refresh loads them. */
export async function openWorkspace(folder: string, options: WorkspaceOptions): Promise<OpenWorkspace> {
  const root = await realpath(folder)
  return new Workspace(root, await workflowFiles(root), options)
}

/** A file as it was loaded last. */
interface Outcome {
  readonly standing: Standing
  readonly sources: Sources
}

/** What something else than a change of what was read may mend. */
const mendable: ReadonlySet<ProblemCode> = new Set([
  'import_failed',
  'external_missing',
  'external_undeclared',
  'untrusted_folder',
])

/** How long what was told and not taken rests before it is told again, in milliseconds. */
const untaken = 1_000

/** Files outside `workflows/` that bear on every load. */
const settings = ['package.json', 'tsconfig.json']

class Workspace implements OpenWorkspace {
  readonly #root: string
  readonly #options: WorkspaceOptions
  readonly #folders: WatchedFolders
  readonly #outcomes = new Map<string, Outcome>()
  #files: readonly string[]
  readonly #closed = new AbortController()
  #told: Standings = new Map()
  #telling: Promise<void> = Promise.resolve()
  #last: Promise<void> = Promise.resolve()
  #disarm: (() => void) | undefined

  constructor(root: string, files: readonly string[], options: WorkspaceOptions) {
    this.#root = root
    this.#files = files
    this.#options = options
    this.#folders = new WatchedFolders(
      () => this.#changed(),
      (path, error) => options.troubled(`changes in ${path} are not noticed`, error),
    )
  }

  refresh(): Promise<void> {
    const { looked = () => undefined } = this.#options
    const next = this.#last.then(() => this.#refresh())
    this.#last = next.then(() => looked(null), looked)
    return next
  }

  unread(): number {
    return this.#files.filter((file) => !this.#outcomes.has(file)).length
  }

  async close(): Promise<void> {
    this.#closed.abort()
    this.#disarm?.()
    await this.#last
    await this.#telling
    this.#folders.close()
  }

  #changed(): void {
    this.#lookIn(this.#options.settle ?? 100)
  }

  #lookIn(millis: Millis): void {
    if (this.#closed.signal.aborted || this.#disarm !== undefined) return
    const { clock, troubled } = this.#options
    this.#disarm = clock.at(clock.now() + millis, () => {
      this.#disarm = undefined
      this.refresh().catch((error: unknown) => troubled('the workflows could not be looked at', error))
    })
  }

  async #refresh(): Promise<void> {
    // Most of what is read lies in these folders: watched before, they are no reason to read anything twice.
    await this.#watch()
    let retry = true
    let settled = false
    while (!settled && !this.#closed.signal.aborted) {
      const stale = await this.#stale(await this.#present(), retry)
      await each(stale, (file) => this.#load(file))
      await this.#tell()
      retry = await this.#watch()
      settled = stale.length === 0 && !retry
    }
  }

  /** The files that are there; those that are not are forgotten. */
  async #present(): Promise<readonly string[]> {
    this.#files = await workflowFiles(this.#root)
    for (const file of this.#outcomes.keys()) if (!this.#files.includes(file)) this.#outcomes.delete(file)
    return this.#files
  }

  /**
   * Files that are new or not as they were: somebody waits for these. With `retry`, those follow that may do now although
   * they are as they were.
   */
  async #stale(files: readonly string[], retry: boolean): Promise<readonly string[]> {
    const areOther = await Promise.all(files.map((file) => this.#isOther(file)))
    const other = files.filter((_, index) => areOther[index])
    return retry ? [...other, ...files.filter((file, index) => areOther[index] === false && this.#mayDo(file))] : other
  }

  async #isOther(file: string): Promise<boolean> {
    const outcome = this.#outcomes.get(file)
    return outcome === undefined || haveChanged(outcome.sources.files)
  }

  #mayDo(file: string): boolean {
    const standing = this.#outcomes.get(file)?.standing
    return standing?.type === 'refused' && standing.error.problems.some(({ code }) => mendable.has(code))
  }

  async #load(file: string): Promise<void> {
    if (this.#closed.signal.aborted) return
    // Stamped before it is read, like all that it imports.
    const own = await Promise.all([file, ...settings].map((path) => stampOf(join(this.#root, path))))
    const { standing, sources } = await this.#read(file)
    if (this.#closed.signal.aborted) return
    this.#outcomes.set(file, { standing, sources: { files: [...own, ...sources.files], folders: sources.folders } })
    await this.#tell()
  }

  async #read(file: string): Promise<Outcome> {
    try {
      const { sources, ...loaded } = await loadWorkflow(this.#root, file, { ...this.#options, signal: this.#closed.signal })
      return { standing: { type: 'loaded', revision: { ...loaded, loadedAt: this.#options.clock.now() } }, sources }
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error
      return { standing: { type: 'refused', error }, sources: error.sources }
    }
  }

  /** Tells what has changed since it was told last; all of it again where it was not taken, a moment later where changes are followed. */
  #tell(): Promise<void> {
    const next = this.#telling.then(async () => {
      const own = refuseNamesakes(new Map([...this.#outcomes].map(([file, { standing }]) => [file, standing])))
      const now = refuseCallers(own, this.#told, this.unread() === 0)
      for (const event of changes(this.#told, now)) {
        if (this.#closed.signal.aborted) return
        await this.#options.report(event)
      }
      this.#told = now
    })
    this.#telling = next.catch((error: unknown) => {
      const isDamage = error instanceof CorruptionFound
      if (this.#options.watch !== false && !isDamage) this.#lookIn(untaken)
    })
    return next
  }

  /** True where a folder is watched now that was not. */
  async #watch(): Promise<boolean> {
    if (this.#closed.signal.aborted || this.#options.watch === false) return false
    const sources = [...this.#outcomes.values()].flatMap(({ sources: { files, folders } }) => [
      ...files.map(({ path }) => dirname(path)),
      ...folders,
    ])
    return this.#folders.set([this.#root, join(this.#root, workflowsFolder), ...sources])
  }
}

/** Does the work for each, a few at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values()
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
}
