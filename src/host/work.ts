/** What runs workflow code in a host: the engine, its executors, and the workflows that are loaded from the workspace. */
import { createExecution, type ExecutionStats } from '../effects/executor/executor.ts'
import { ExecutorLimits } from '../effects/executor/limits.ts'
import { loaderMemory } from '../effects/loader/load-workflow.ts'
import { type OpenWorkspace, openWorkspace } from '../effects/loader/workspace.ts'
import type { SmtpSettings } from '../effects/smtp/settings.ts'
import type { Engine, RecoveryReport, RunControl } from '../engine/control.ts'
import type { Clock, LastWork, Notification, PolicySource, Randomness, Storage } from '../engine/ports.ts'
import { createEngine } from '../engine/scheduler/engine.ts'
import { mayPass, waitedOut } from '../engine/scheduler/waited-out.ts'
import { Unavailable } from '../model/control-errors.ts'
import type { Environment } from '../model/error-record.ts'
import type { HostEvent } from '../model/event.ts'
import { isRunId, type RunId, type WorkflowName } from '../model/ids.ts'
import type { Catalog } from '../service/parts.ts'
import type { Closing } from './closing.ts'
import type { Executors } from './config/sections.ts'
import type { Record } from './record.ts'
import type { Role } from './role.ts'
import { type Changed, Shelf } from './shelf.ts'
import { forked, type Spawn } from './spawn.ts'
import { version } from './version.ts'
import type { Layout } from './workspace/layout.ts'
import { userTrust } from './workspace/trust.ts'

export interface Work {
  readonly control: RunControl
  readonly catalog: Catalog
  readonly recovery: RecoveryReport
  /** Sets a run aside of which damage was found. */
  readonly quarantine: Engine['quarantine']
  /** Lets a run go on of which nothing is damaged any more. */
  readonly release: Engine['release']
  /** What waits for its share goes by the settings as they are now. */
  readonly reconsider: Engine['reconsider']
  /** Looks at the files of the workspace; resolves once each that was there can be used or was refused. */
  load(): Promise<void>
  stats(): ExecutionStats | null
}

export interface WorkParts {
  readonly layout: Layout
  readonly storage: Storage
  readonly clock: Clock
  readonly randomness: Randomness
  readonly notification: Notification
  /** As they are now. */
  readonly smtp: () => SmtpSettings
  readonly policy: PolicySource
  readonly executors: Executors
  readonly lastWork: LastWork
  readonly spawn: Spawn
  /** What workflows import as `cairn`. */
  readonly sdk: string
  readonly record: Record
  readonly changed: Changed
}

export async function startWork(role: Exclude<Role, 'read'>, parts: WorkParts, closing: Closing): Promise<Work> {
  const { layout, storage, clock, randomness, notification, policy, smtp, lastWork, spawn, sdk, record, changed } = parts
  const { troubled } = notification
  const limits = limitsOf(parts.executors)
  const execution = createExecution({
    startProcess: spawn('executor', limits.memory),
    revision: (hash) => storage.revision(hash),
    clock,
    workspace: layout.root,
    smtp,
    limits,
    printed: (text) => troubled('an executor said', text),
  })
  closing.add(() => execution.close())
  const sought = (workflow: WorkflowName): Promise<void> => shelf.sought(workflow)
  const engine = createEngine({ storage, execution, clock, randomness, notification, policy, lastWork, sought, environment: environment(spawn) })
  const shelf = new Shelf({ engine, storage, record, changed })
  closing.add(() => engine.close())

  const closed = new AbortController()
  closing.add(() => closed.abort())
  const recovery = role === 'serve' ? await takenUp() : nothing
  const workspace = role === 'act' ? noFiles() : await openFiles()
  closing.add(() => workspace.close())
  return {
    control: engine,
    catalog: {
      list: () => shelf.list(),
      find: (workflow) => shelf.find(workflow),
      sought: (workflow) => shelf.sought(workflow),
      unread: () => workspace.unread(),
    },
    recovery,
    quarantine: (run, damage) => engine.quarantine(run, damage),
    release: (run) => engine.release(run),
    reconsider: () => engine.reconsider(),
    load: () => workspace.refresh(),
    stats: () => execution.stats(),
  }

  async function takenUp(): Promise<RecoveryReport> {
    const report = await engine.recover()
    const { recovered, waiting, left } = report
    for (const { run, error } of left) troubled(`run ${run} could not be taken up`, error)
    const failed = [...report.failed, ...left.filter(({ error }) => !mayPass(error))]
    if (recovered.length + waiting.length + failed.length > 0) {
      const some = (items: readonly { readonly run: string }[]): RunId[] => items.map(({ run }) => run).filter(isRunId).slice(0, mostNamed)
      const counts = { recovered: recovered.length, waiting: waiting.length, failed: failed.length }
      await recordOnce({ type: 'runs_taken_up', ...counts, named: { waiting: some(waiting), failed: some(failed) } })
    }
    return report
  }

  /** Nobody waits for a store that cannot be written now: the host serves, and says so. */
  async function recordOnce(event: HostEvent): Promise<void> {
    try {
      await record(event)
    } catch (error) {
      if (!mayPass(error)) throw error
      const what = 'what was taken up was not journaled'
      waitedOut({ ports: { clock, notification }, what, over: closed.signal }, () => record(event)).catch((again: unknown) => {
        if (!closed.signal.aborted) troubled(what, again)
      })
    }
  }

  function noFiles(): OpenWorkspace {
    shelf.looked(null)
    return { refresh: () => Promise.resolve(), unread: () => 0, close: () => Promise.resolve() }
  }

  function openFiles(): Promise<OpenWorkspace> {
    const report = shelf.take.bind(shelf)
    const looked = shelf.looked.bind(shelf)
    const start = spawn('loader', loaderMemory)
    return openWorkspace(layout.root, { trust: userTrust(), start, sdk, clock, report, looked, troubled, watch: role === 'serve' })
  }
}

/** What nothing is said of is as it is for this machine. */
function limitsOf({ shared, isolated, memory, silence, grace }: Executors): ExecutorLimits {
  return ExecutorLimits.parse({
    unresponsive: silence,
    grace,
    ...(shared !== null && { processes: shared }),
    ...(isolated !== null && { isolated }),
    ...(memory !== null && { memory }),
  })
}

/** Of the runs that a start found, so many are named in the journal. */
const mostNamed = 100

const nothing: RecoveryReport = { recovered: [], waiting: [], failed: [], left: [] }

/** In place of all that, where a host only reads. */
export function nothingRuns(): Work {
  const refuse = (): Promise<never> =>
    Promise.reject(new Unavailable('this host only reads: nothing can be done to a run here'))
  return {
    control: {
      start: refuse,
      check: refuse,
      decide: refuse,
      consequences: refuse,
      pause: refuse,
      resume: refuse,
      cancel: refuse,
      restore: refuse,
      rollback: refuse,
      previewRollback: refuse,
      recoverRun: refuse,
      previewRecovery: refuse,
      replay: refuse,
      previewReplay: refuse,
      preview: refuse,
      checkpoint: refuse,
      nameBranch: refuse,
      keep: refuse,
      breakers: () => {
        throw new Unavailable('this host only reads: how breakers stand is known to the one that runs the workflows')
      },
      resetBreaker: refuse,
      throttles: () => [],
      resetThrottle: refuse,
      resetRecoveries: refuse,
      resources: () => [],
      queue: () => ({ queued: 0, most: 0 }),
    },
    catalog: { list: () => [], find: () => undefined, unread: () => 0, sought: () => Promise.resolve() },
    recovery: nothing,
    quarantine: () => Promise.resolve(),
    release: () => Promise.resolve(),
    reconsider: () => undefined,
    load: () => Promise.resolve(),
    stats: () => null,
  }
}

/** What error records say that they happened in. */
function environment(spawn: Spawn): Environment {
  const { platform, arch, versions } = process
  return { host: version, node: versions.node, platform: `${platform} ${arch}`, executor: spawn === forked ? 'forked process' : 'utility process' }
}
