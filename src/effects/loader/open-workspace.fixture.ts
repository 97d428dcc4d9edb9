/** For tests: an open workspace, how its files stand by what was told, and waiting for what is yet to be told. */
import { systemClock } from '../clock.ts'
import type { WorkflowEvent } from './standing.ts'
import { type TestWorkspace, usual } from './workspace.fixture.ts'
import { type OpenWorkspace, openWorkspace, type WorkspaceOptions } from './workspace.ts'

export class Observed {
  /** `loaded NAME`, or the codes of the problems. */
  readonly standing = new Map<string, string>()
  readonly events: string[] = []
  readonly hashes = new Map<string, string>()
  readonly #waiting = new Set<() => void>()
  #open: OpenWorkspace | undefined

  static async open(workspace: TestWorkspace, options: Partial<WorkspaceOptions> = {}): Promise<Observed> {
    const observed = new Observed()
    observed.#open = await openWorkspace(workspace.root, {
      ...usual(options.memory),
      clock: systemClock,
      settle: 20,
      report: (event) => observed.#hear(event),
      troubled: (what, error) => {
        throw new Error(what, { cause: error })
      },
      ...options,
    })
    await observed.workspace.refresh()
    return observed
  }

  get workspace(): OpenWorkspace {
    if (this.#open === undefined) throw new Error('not open')
    return this.#open
  }

  /** Resolves once the file stands like that; undefined for one that is not told of. */
  until(file: string, state: string | undefined): Promise<void> {
    return this.#when(() => this.standing.get(file) === state)
  }

  /** Resolves once the file holds another revision than this one. */
  async next(file: string, hash: string | undefined): Promise<string | undefined> {
    await this.#when(() => this.hashes.get(file) !== hash)
    return this.hashes.get(file)
  }

  #when(isSo: () => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = (): void => {
      if (!isSo()) return
      this.#waiting.delete(look)
      resolve()
    }
    this.#waiting.add(look)
    look()
    return promise
  }

  #hear(event: WorkflowEvent): void {
    const { file } = event
    this.events.push(`${event.type} ${file}`)
    if (event.type === 'removed') this.standing.delete(file)
    if (event.type === 'refused') this.standing.set(file, event.error.problems.map(({ code }) => code).join(' '))
    if (event.type === 'loaded') {
      this.standing.set(file, `loaded ${event.revision.manifest.name}`)
      this.hashes.set(file, event.revision.hash)
    }
    for (const look of this.#waiting) look()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.workspace.close()
  }
}
