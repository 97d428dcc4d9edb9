import type { Client } from '../../src/client/client.ts'
import type { Instant, Millis, RunId } from '../../src/model/ids.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { isEnded, type RunStatus } from '../../src/model/status.ts'

/** A run that was asked for, and what it came to. */
export interface Ran {
  readonly run: RunId
  /** Whom its mail goes to. */
  readonly to: string
  readonly status: RunStatus
  /** From the request that starts it to the news of its end. */
  readonly took: Millis
}

export interface Flight {
  readonly runs: number
  /** From then on none is started; those under way are waited for. */
  readonly until: Instant
  readonly letter: (number: number) => { readonly input: Json; readonly to: string }
  /** Starts no further run, as if the time were up. */
  readonly signal: AbortSignal
}

const workflow = WorkflowName.parse('outreach')

/** Keeps so many runs in flight: whenever one has ended, another is started. */
export async function keepInFlight(client: Client, { runs, until, letter, signal }: Flight): Promise<readonly Ran[]> {
  const ends = new Ends(client)
  const ran: Ran[] = []
  let number = 0
  const lane = async (): Promise<void> => {
    while (Date.now() < until && !signal.aborted) {
      const { input, to } = letter(number++)
      const from = performance.now()
      const { id: run } = await client.api.runs.start({ workflow, input })
      const status = await ends.of(run)
      ran.push({ run, to, status, took: performance.now() - from })
    }
  }
  await Promise.all(Array.from({ length: runs }, lane))
  ends.stop()
  return ran
}

/** How runs end, as the journal tells it. */
class Ends {
  readonly #ended = new Map<RunId, PromiseWithResolvers<RunStatus>>()
  readonly #stopped = new AbortController()

  constructor(client: Client) {
    void this.#follow(client)
  }

  /** Whoever asks may come before or after the end. */
  of(run: RunId): Promise<RunStatus> {
    return this.#end(run).promise.finally(() => this.#ended.delete(run))
  }

  stop(): void {
    this.#stopped.abort()
  }

  #end(run: RunId): PromiseWithResolvers<RunStatus> {
    const end = this.#ended.get(run) ?? Promise.withResolvers<RunStatus>()
    this.#ended.set(run, end)
    return end
  }

  async #follow(client: Client): Promise<void> {
    for await (const item of client.watchJournal({ after: 0, signal: this.#stopped.signal })) {
      if (item.type !== 'entry' || item.entry.run === null) continue
      for (const event of item.entry.events) if (event.type === 'run_moved' && isEnded(event.to)) this.#end(item.entry.run).resolve(event.to)
    }
  }
}
