/** A real store of a few short runs, and its index. */
import { draft, runId, SampleRun, sampleAttempt, sampleRevision, sampleStep } from '../../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../../test/conformance/scratch-store.ts'
import type { RunEvent } from '../../../model/event.ts'
import type { Failure } from '../../../model/failure.ts'
import type { FoundRuns, RunQuery, RunSort } from '../../../model/found-runs.ts'
import { CorrelationId, StepId, WorkflowName } from '../../../model/ids.ts'
import type { Json } from '../../../model/json.ts'
import type { Term } from '../../../model/query/terms.ts'
import type { RunStatus, RunWait } from '../../../model/status.ts'
import type { Store } from '../../open-store.ts'
import { storePaths } from '../../paths.ts'
import { JournalIndex } from '../journal-index.ts'

export const now = 1_800_000_600_000

/** A run of two commits: it is created, then stands as it says. */
export interface Life {
  readonly workflow: string
  readonly status: RunStatus
  readonly waiting: RunWait | null
  readonly failure: Failure | null
  readonly input: Json
  readonly sensitive: boolean
  readonly output: Json | null
  readonly startedAt: number
  /** How long it took to end; null where it has not. */
  readonly took: number | null
  readonly at: readonly string[]
  readonly attempts: number
  /** The number of the run whose child it is. */
  readonly parent: number | null
}

export const plainLife: Life = {
  workflow: 'outreach',
  status: 'running',
  waiting: null,
  failure: null,
  input: 'input',
  sensitive: false,
  output: null,
  startedAt: now - 60_000,
  took: null,
  at: [],
  attempts: 0,
  parent: null,
}

export interface Page {
  readonly offset?: number
  readonly limit?: number
  readonly sort?: RunSort
  readonly upTo?: number
}

/** More than any test has entries. */
const all = 100_000

export class SearchBench {
  readonly scratch = new ScratchStore()
  readonly paths = storePaths(this.scratch.workspace)
  #store: Store | undefined
  #index: JournalIndex | undefined

  async open(): Promise<Store> {
    this.#store = await this.scratch.open()
    await this.#store.storage.saveRevision(sampleRevision)
    return this.#store
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error('open it first')
    return this.#store
  }

  get index(): JournalIndex {
    return (this.#index ??= new JournalIndex(this.paths))
  }

  async close(): Promise<void> {
    this.letGo()
    await this.scratch.remove()
  }

  /** Closes the index; the next question opens it again. */
  letGo(): void {
    this.#index?.close()
    this.#index = undefined
  }

  search(terms: readonly Term[], { offset = 0, limit = 200, sort, upTo }: Page = {}): FoundRuns {
    const query = { ...this.query(terms, upTo), offset, limit, sort: sort ?? null }
    return this.index.answer(all, (answers) => answers.search(query))
  }

  query(terms: readonly Term[], upTo?: number): RunQuery {
    return { terms, now, upTo: upTo === undefined ? null : runId(upTo) }
  }

  async live(number: number, { input, sensitive, output, ...life }: Life): Promise<void> {
    const { storage } = this.store
    const run = new SampleRun(storage, number)
    const given = run.seal(input, sensitive)
    run.record = {
      ...run.record,
      input: given.address,
      workflow: WorkflowName.parse(life.workflow),
      correlation: CorrelationId.parse(`order-${number}`),
      createdAt: life.startedAt,
      parent: life.parent === null ? null : { run: runId(life.parent), step: draft, iteration: 1, attempt: 1, depth: 1, held: false },
    }
    const created = run.create({ values: [given] })
    await storage.commit({ ...created, entry: { ...created.entry, events: [{ type: 'run_created', run: run.record, passes: [] }] } })

    const answer = output === null ? null : run.seal(output)
    const { status, waiting, failure, took, at, attempts } = life
    const moved = run.next({
      record: { status, waiting, failure, endedAt: took === null ? null : life.startedAt + took },
      steps: at.map((step) => sampleStep({ step: StepId.parse(step), status: 'running' })),
      attempts: Array.from({ length: attempts }, (_, index) => sampleAttempt({ attempt: index + 1 })),
      values: answer === null ? [] : [answer],
    })
    const events: RunEvent[] = [...moved.entry.events]
    if (answer !== null) events.push({ type: 'step_completed', step: draft, iteration: 1, output: answer.address, via: null })
    await storage.commit({ ...moved, entry: { ...moved.entry, events } })
  }
}
