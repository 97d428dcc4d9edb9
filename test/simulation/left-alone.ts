/**
 * What is left alone since it failed again and again, told from the journal and from what executors ask: while a breaker is open,
 * nothing reaches what it stands before, and once it has cooled down one does (invariant 14).
 *
 * It is never surer than the engine: where the journal may lag behind what the engine knows by then, it lets things pass.
 */
import { type BreakerName, breakerKey, type OpenBreaker } from '../../src/model/breaker.ts'
import type { JournalEntry, RunEntry } from '../../src/model/entry.ts'
import type { RunEventMap } from '../../src/model/event.ts'
import type { Instant, Millis, RunId, WorkflowName } from '../../src/model/ids.ts'
import type { AttemptRef } from '../../src/engine/ports.ts'
import type { Pass, RunState } from '../../src/engine/state/run-state.ts'
import type { Wrong } from './custody.ts'
import type { Watch } from './watch.ts'

interface Open {
  readonly since: Instant
  readonly until: Instant
  /** The pass that it has let through. */
  probe: string | null
  /** Before that, it has not been let through: it may have waited for something else since. */
  from: Instant
}

export class LeftAlone implements Watch {
  readonly #coolDown: Millis
  readonly #open = new Map<string, Open>()
  readonly #workflows = new Map<RunId, WorkflowName>()
  /** The breaker before what an attempt of this host has reached. */
  readonly #reached = new Map<string, string>()

  constructor(coolDown: Millis) {
    this.#coolDown = coolDown
  }

  /** A new host knows which are open, and of nothing that these have let through. */
  booted(): void {
    this.#reached.clear()
    for (const open of this.#open.values()) Object.assign(open, { probe: null, from: open.until })
  }

  /** An executor was let reach something. @throws Error where it should not have been */
  reaches(ref: AttemptRef, dependency: string, now: Instant): void {
    const workflow = this.#workflows.get(ref.run)
    if (workflow === undefined) throw new Error(`run ${ref.run} reaches ${dependency}, and nobody has begun it`)
    const wrong = this.#goes(ref.run, ref, { workflow, dependency }, now)
    if (wrong !== undefined) throw new Error(`invariant 14: ${wrong}`)
  }

  wrong(entry: JournalEntry, state: RunState | undefined): Wrong | undefined {
    if (entry.run === null) {
      for (const event of entry.events) {
        if (event.type === 'breaker_opened') this.#open.set(breakerKey(event.breaker), openOf(event.breaker))
        else if (event.type === 'breaker_closed') this.#open.delete(breakerKey(event))
      }
      return undefined
    }
    const wrong = state === undefined ? undefined : this.#started(entry, state)
    // What a turn starts it has decided before anybody knew what became of what it ends.
    for (const event of entry.events) if (event.type === 'attempt_ended') this.#ended(entry.run, event)
    return wrong === undefined ? undefined : [14, wrong]
  }

  #started({ run, at, events }: RunEntry, state: RunState): string | undefined {
    const { workflow } = state.record
    this.#workflows.set(run, workflow)
    for (const event of events) {
      if (event.type !== 'attempt_started' || event.phase !== 'run') continue
      const dependency = state.graph.steps.get(event.step)?.dependency ?? null
      const wrong = dependency === null ? undefined : this.#goes(run, event, { workflow, dependency }, at)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }

  #goes(run: RunId, tried: Pass & { readonly attempt: number }, name: BreakerName, at: Instant): string | undefined {
    const key = breakerKey(name)
    const who = whoOf(run, tried)
    this.#reached.set(`${who}/${tried.attempt}`, key)
    const open = this.#open.get(key)
    if (open === undefined || at <= open.since) return undefined
    if (at < open.until) return `${who} reaches ${name.dependency} ${open.until - at} ms before its breaker lets it`
    const { probe } = open
    if (probe === who) return undefined
    if (probe !== null) open.from += this.#coolDown
    if (at < open.from) return `${who} reaches ${name.dependency} while ${probe} is let through alone`
    open.probe = who
    return undefined
  }

  /** Whatever has become of the one that was let through, another may be, unless it failed: then that opens the breaker again. */
  #ended(run: RunId, event: RunEventMap['attempt_ended']): void {
    const who = whoOf(run, event)
    const key = this.#reached.get(`${who}/${event.attempt}`)
    const open = key === undefined ? undefined : this.#open.get(key)
    if (key === undefined || open?.probe !== who) return
    const { status, failure } = event
    const hasFailed = (status === 'failed' || status === 'in_doubt') && failure !== null
    if (status === 'completed' || (hasFailed && !isNoAnswer.has(failure.class))) this.#open.delete(key)
    else if (!hasFailed || failure.class === 'crash' || failure.exceeded !== undefined) open.probe = null
  }
}

const isNoAnswer: ReadonlySet<string> = new Set(['transient', 'timeout', 'crash', 'resource'])

function openOf({ openedAt: since, until }: OpenBreaker): Open {
  return { since, until, probe: null, from: until }
}

function whoOf(run: RunId, { step, iteration }: Pass): string {
  return `${run}/${step}/${iteration}`
}
