import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttemptRef, TaskResult } from '../../engine/ports.ts'
import { CorrelationId, RevisionHash, RunId, StepId, WorkflowName } from '../../model/ids.ts'
import { systemRandomness } from '../randomness.ts'
import { stepManifest } from './execution.fixture.ts'
import type { ProcessEvents, StartProcess } from './executor-process.ts'
import { createExecution, type Executor } from './executor.ts'
import { ExecutorBatch, HostBatch } from './protocol.ts'

const limits = { processes: 2, tasksPerProcess: 3, isolated: 2, roomy: 1, reserve: 1, idle: 1 }

/** A process that does nothing but what the test says it does. */
class Puppet {
  readonly #events: ProcessEvents
  /** Tickets that it was told to run and has not answered. */
  readonly holds = new Set<number>()
  /** The idempotency key of each that it was ever told to run. */
  readonly told: string[] = []
  isReady = false
  isDead = false

  constructor(events: ProcessEvents) {
    this.#events = events
  }

  hear(text: string): void {
    expect(this.isReady).toBe(true)
    for (const message of HostBatch.parse(JSON.parse(text))) {
      if (message.type !== 'start') continue
      expect(this.holds.size).toBeLessThan(message.alone ? 1 : limits.tasksPerProcess)
      expect(message.alone).toBe(message.work.step === 'alone')
      this.holds.add(message.ticket)
      this.told.push(message.work.idempotencyKey)
    }
  }

  ready(): void {
    if (this.isReady || this.isDead) return
    this.isReady = true
    this.#say({ type: 'ready' })
  }

  end(clean: boolean): void {
    const [ticket] = this.holds
    if (ticket === undefined || this.isDead) return
    this.holds.delete(ticket)
    this.#say({ type: 'ended', ticket, clean, secrets: [], result: { type: 'completed', output: null, next: null } })
    // Said twice, as a garbled process might.
    this.#say({ type: 'ended', ticket, clean, secrets: [], result: { type: 'skipped' } })
  }

  die(withLastWords: boolean): void {
    if (this.isDead) return
    this.isDead = true
    const [ticket = null] = this.holds
    if (withLastWords && this.isReady) this.#say({ type: 'crashed', ticket, failure: { class: 'crash', name: 'X', message: 'x' } })
    this.#events.exited({ code: 1, signal: null })
  }

  #say(message: object): void {
    this.#events.text(JSON.stringify(ExecutorBatch.parse([message])))
  }
}

class Play {
  readonly puppets: Puppet[] = []
  readonly refs: AttemptRef[] = []
  readonly stopped = new Set<AttemptRef>()
  /** Stopped before any process was told of them. */
  readonly takenBack = new Set<AttemptRef>()
  readonly begun: AttemptRef[] = []
  readonly ends: { ref: AttemptRef; result: TaskResult }[] = []
  readonly execution: Executor
  readonly #revision = RevisionHash.parse(createHash('sha256').update('').digest('hex'))
  readonly #random = systemRandomness()

  constructor() {
    const startProcess: StartProcess = (events) => {
      const puppet = new Puppet(events)
      this.puppets.push(puppet)
      return { pid: undefined, send: (text) => puppet.hear(text), kill: () => queueMicrotask(() => puppet.die(false)) }
    }
    this.execution = createExecution({
      startProcess,
      revision: () => ({ bundle: '', manifest: this.#manifest }),
      clock: { now: () => 0, at: () => () => undefined },
      workspace: '/',
      smtp: () => null,
      limits,
    })
    this.execution.connect({
      began: (ref) => {
        expect(this.stopped.has(ref) || this.ends.some((end) => end.ref === ref)).toBe(false)
        this.begun.push(ref)
      },
      ended: (ref, result) => {
        expect(this.begun.includes(ref)).toBe(result.type !== 'failed')
        this.ends.push({ ref, result })
      },
      effectBegins: () => Promise.resolve(),
      reaches: () => true,
      signal: () => undefined,
    })
  }

  start(isolated: boolean): void {
    const ref = { run: RunId.parse(this.#random.ulid(1)), branch: 0, step: StepId.parse(isolated ? 'alone' : 'step'), iteration: 1, attempt: 1 }
    this.refs.push(ref)
    this.execution.start({
      ref,
      revision: this.#revision,
      phase: 'run',
      view: { input: null, context: null, outputs: {}, iterations: {} },
      attempt: 1,
      idempotencyKey: ref.run,
      correlation: CorrelationId.parse('law'),
      lastHeartbeat: null,
      isolated: false,
      allowance: null,
      output: null,
    })
  }

  stop(pick: number): void {
    const ref = this.refs[pick % this.refs.length]
    if (ref === undefined || this.ends.some((end) => end.ref === ref)) return
    if (!this.stopped.has(ref) && !this.told.includes(ref.run)) this.takenBack.add(ref)
    this.stopped.add(ref)
    this.execution.stop(ref)
  }

  get told(): readonly string[] {
    return this.puppets.flatMap((puppet) => puppet.told)
  }

  puppet(pick: number): Puppet | undefined {
    return this.puppets[pick % this.puppets.length]
  }

  /** Lets everything end that can. */
  async finish(): Promise<void> {
    for (let round = 0; round < 200 && this.ends.length + this.stopped.size < this.refs.length; round += 1) {
      for (const puppet of this.puppets) {
        puppet.ready()
        while (puppet.holds.size > 0 && !puppet.isDead) puppet.end(true)
      }
      await turn()
    }
  }

  readonly #manifest = {
    format: 1 as const,
    name: WorkflowName.parse('law'),
    version: 1,
    file: 'law.ts',
    timeout: null,
    input: {},
    inputSensitive: false,
    context: {},
    enriches: false,
    steps: [stepManifest('step'), stepManifest('alone', { effect: { repeat: 'unsafe' } })],
    migrations: [],
    externals: [],
  }
}

const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('start' as const), isolated: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ready' as const), pick: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), pick: fc.nat(), clean: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), pick: fc.nat(), withLastWords: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
)

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

function act(play: Play, happens: Exclude<Event, { do: 'turn' }>): void {
  if (happens.do === 'start') play.start(happens.isolated)
  else if (happens.do === 'stop') play.stop(happens.pick)
  else if (happens.do === 'ready') play.puppet(happens.pick)?.ready()
  else if (happens.do === 'end') play.puppet(happens.pick)?.end(happens.clean)
  else play.puppet(happens.pick)?.die(happens.withLastWords)
}

describe('whatever processes do', () => {
  it('a started task ends once, unless it was stopped before; and it runs once, and alone where it must', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
        const play = new Play()
        for (const happens of events) {
          if (happens.do === 'turn') await turn()
          else act(play, happens)
        }
        await play.finish()

        const ended = play.ends.map(({ ref }) => ref)
        expect(new Set(ended).size).toBe(ended.length)
        expect(new Set(ended)).toEqual(new Set(play.refs.filter((ref) => !play.stopped.has(ref))))
        expect(new Set(play.begun).size).toBe(play.begun.length)
        expect(new Set(play.told).size).toBe(play.told.length)
        for (const { run } of play.takenBack) expect(play.told).not.toContain(run)
        await play.execution.close()
      }),
      { numRuns: 300 },
    )
  })
})
