/**
 * Where the chaos takes place: a workspace, a real host over it with its processes, and who makes things go wrong and who hears of it.
 *
 * The host is killed and started again in the course of it; cases, injector and witness stay.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { userTrust } from '../../src/host/workspace/trust.ts'
import type { Client } from '../../src/client/client.ts'
import { CorrelationId, type DecisionId, type RunId, WorkflowName } from '../../src/model/ids.ts'
import { HostProcess, type Program } from '../crash/killed-host.ts'
import type { Case } from './case.ts'
import { type Injector, startInjector } from './injector.ts'
import type { Scenario } from './scenario.ts'
import { Witness } from './witness.ts'

/** What runs nothing goes wrong with. */
export type Clean = 'clean' | 'fifty'

interface Parts {
  readonly program: Program
  readonly folder: string
  readonly workspace: string
  readonly injector: Injector
}

export class Arena implements AsyncDisposable {
  readonly workspace: string
  readonly injector: Injector
  readonly witness: Witness
  /** What went wrong with the chaos itself. */
  readonly troubles: string[] = []
  readonly #folder: string
  readonly #program: Program
  readonly #answering = new Set<Promise<void>>()
  #host: HostProcess | undefined
  #following = new AbortController()

  static async open(program: Program): Promise<Arena> {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-chaos-'))
    process.env['CAIRN_SETTINGS'] = join(folder, 'settings')
    const workspace = join(folder, 'workspace')
    cpSync(join(import.meta.dirname, 'workspace'), workspace, { recursive: true })
    const injector = await startInjector()
    const { config } = layoutOf(workspace)
    const { host, port, from } = injector.smtp
    writeFileSync(config, `${readFileSync(config, 'utf8')}\nsmtp:\n  url: smtp://${host}:${port}\n  from: ${from}\n`)
    await userTrust().trust(workspace)
    const arena = new Arena({ program, folder, workspace, injector })
    await arena.start()
    return arena
  }

  private constructor({ program, folder, workspace, injector }: Parts) {
    this.#program = program
    this.#folder = folder
    this.workspace = workspace
    this.injector = injector
    this.witness = new Witness(injector.cases, { asked: (...asked) => this.#ask(...asked) })
  }

  get client(): Client {
    if (this.#host === undefined) throw new Error('no host runs')
    return this.#host.client
  }

  /** The process of the host that runs. */
  get hostPid(): number {
    if (this.#host === undefined) throw new Error('no host runs')
    return this.#host.pid
  }

  async start(): Promise<void> {
    const host = await HostProcess.start(this.workspace, this.#program)
    this.#host = host
    this.#following = new AbortController()
    const { signal } = this.#following
    this.witness.follow(host.client, signal).catch((error: unknown) => {
      if (!signal.aborted) this.troubles.push(`the journal could not be followed: ${String(error)}`)
    })
  }

  async kill(): Promise<void> {
    await this.#leave()?.kill()
  }

  async stop(): Promise<void> {
    await Promise.all(this.#answering)
    await this.#leave()?.stop()
  }

  /** Nothing is heard of the host any more. */
  #leave(): HostProcess | undefined {
    const host = this.#host
    this.#host = undefined
    this.#following.abort()
    return host
  }

  /** Starts a run that the scenario says how to go wrong; a clean one by its workflow. */
  async begin(scenario: Scenario | Clean): Promise<Case> {
    const isClean = typeof scenario === 'string'
    const about = this.injector.begin(isClean ? null : scenario)
    const { url, nobody } = this.injector
    const workflow = WorkflowName.parse(isClean ? scenario : scenario.workflow)
    const input = { case: about.id, injector: url, nobody }
    await this.client.api.runs.start({ workflow, input, correlation: CorrelationId.parse(about.id) })
    return about
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    await this.injector[Symbol.asyncDispose]()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #ask(about: Case, run: RunId, decision: DecisionId): void {
    const { client } = this
    const answering = this.#answer(client, about, run, decision)
      // Its host is gone: the next one is asked the same.
      .catch((error: unknown) => void (this.#host?.client === client && this.troubles.push(`${about.id} was not answered: ${String(error)}`)))
      .finally(() => this.#answering.delete(answering))
    this.#answering.add(answering)
  }

  /** Answers as a person does: having read the question, and against what was shown. */
  async #answer({ api }: Client, about: Case, run: RunId, decision: DecisionId): Promise<void> {
    if (about.scenario?.answer === undefined) return
    const asked = await api.decisions.get({ run, decision })
    const answer = about.scenario.answer(asked, about)
    if (answer !== null) await api.decisions.decide({ run, decision, seen: asked.runVersion, ...answer })
  }
}
