/** Hosts on a workbench that die while they are at work on a run, and what the next one knows of that. */
import type { LastWork } from '../../src/engine/ports.ts'
import type { RunId } from '../../src/model/ids.ts'
import { Workbench, type WorkbenchOptions } from './workbench.ts'
import type { StepManifest } from '../../src/model/manifest.ts'

export class DyingHosts implements LastWork {
  readonly bench: Workbench
  /** What this host was at work on, in order. */
  readonly worked: RunId[] = []
  /** Whether a host dies of this piece of work, which is the nth of its run since that host began. */
  isDeadly: (run: RunId, nth: number) => boolean = () => false
  isDead = false
  isAfterCrash = false
  blamed: RunId | null = null
  readonly #ends = new Map<RunId, string[]>()
  #diesOverRun = false
  /** Whether the host before this one did. */
  #diedOverRun = false

  constructor(steps: readonly StepManifest[], options: Omit<WorkbenchOptions, 'lastWork'> = {}) {
    this.bench = new Workbench(steps, { ...options, lastWork: this })
  }

  on<T>(run: RunId, work: () => T): T {
    if (this.isDead) return work()
    this.worked.push(run)
    if (this.isDeadly(run, this.worked.filter((each) => each === run).length)) {
      this.isDead = true
      this.#diesOverRun = true
      this.endOver(run)
      this.bench.crash()
    }
    return work()
  }

  ends(run: RunId): readonly string[] {
    return this.#ends.get(run) ?? []
  }

  forget(run: RunId): void {
    if (!this.isDead) this.#ends.delete(run)
  }

  blame(run: RunId | null): void {
    this.blamed = run
  }

  blameBefore(run: RunId): void {
    if (!this.#diedOverRun) this.endOver(run)
  }

  /** Something ends the host, while it is at work on no run. */
  die(): void {
    this.isDead = true
    if (this.blamed !== null) {
      this.#diesOverRun = true
      this.endOver(this.blamed)
    }
    this.bench.crash()
  }

  /** As a host leaves it that ended over a run. */
  endOver(run: RunId, times = 1): void {
    for (let time = 0; time < times; time += 1) this.#ends.set(run, [...this.ends(run), `end ${this.ends(run).length + 1}`])
  }

  /** Starts a run. The host may die over it. */
  async start(input: string): Promise<RunId> {
    const { bench } = this
    const { name: workflow } = bench.manifest
    const { id } = await bench.until(bench.engine.start({ workflow, input, context: null, correlation: null, actor: { kind: 'person', name: 'ann' } }))
    return id
  }

  /** Another host, and a second of its life. */
  async next(): Promise<void> {
    this.isAfterCrash = this.isDead
    this.#diedOverRun = this.#diesOverRun
    this.#diesOverRun = false
    this.isDead = false
    this.blamed = null
    this.worked.length = 0
    await this.bench.restart({ recovers: false })
    void this.bench.engine.recover()
    await this.bench.settle()
    await this.bench.pass(1_000)
  }

  /** How many hosts it takes until one lives on. */
  async untilCalm(most: number): Promise<number> {
    for (let hosts = 1; hosts <= most; hosts += 1) {
      await this.next()
      if (!this.isDead) return hosts
    }
    throw new Error(`${most} hosts have died`)
  }
}
