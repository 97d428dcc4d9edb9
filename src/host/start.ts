/**
 * The composition root: one workspace, one host.
 *
 * Order: the lock first, so that nothing is touched that another host owns; then what is read and written, then what
 * runs, then what is reached from outside. It ends in the opposite order, so nothing new comes in while the rest ends.
 * Workflows are loaded last, and nobody waits for all of them: runs under way go on with their stored revisions, and who
 * asks for a workflow waits for that one.
 */
import { uptime } from 'node:os'
import type { HostInfo } from '../contract/host.ts'
import type { WorkflowEntry } from '../contract/workflows.ts'
import { systemClock, systemElapsed } from '../effects/clock.ts'
import type { Port } from '../effects/ports/port.ts'
import { systemRandomness } from '../effects/randomness.ts'
import type { RecoveryReport } from '../engine/control.ts'
import type { Notification } from '../engine/ports.ts'
import { mayPass } from '../engine/scheduler/waited-out.ts'
import type { Failure } from '../model/failure.ts'
import type { RunId } from '../model/ids.ts'
import { backup, failureOf } from '../model/integrity.ts'
import type { PolicyView } from '../model/policy/policy-view.ts'
import { isBounded } from '../model/retention.ts'
import { CorruptionFound } from '../model/storage-errors.ts'
import { createFeed, type Feed } from '../service/feed.ts'
import { createService } from '../service/service.ts'
import { removeAbandoned } from '../store/backup/making-folder.ts'
import { removeUnfinished } from '../store/backup/unfinished.ts'
import type { ThreadEntries } from '../store/open-store.ts'
import { openAnchored } from './anchored-store.ts'
import { backupsOf } from './backups.ts'
import { besideStore } from './beside-store.ts'
import { begunWhole, type Closing } from './closing.ts'
import { readWhole } from './config/config.ts'
import { LiveConfig } from './config/live-config.ts'
import { answerPages } from './desktop/answer-pages.ts'
import { faultToTell } from './fault.ts'
import { Integrity } from './integrity.ts'
import { lastWorkFor } from './last-work.ts'
import { type Logs, openLogs } from './logs.ts'
import { assertWorkspace, own, startTrouble } from './own.ts'
import { openPost } from './post.ts'
import { entryFile, threadEntries } from './program.ts'
import { recorder } from './record.ts'
import { KeptPast } from './retention.ts'
import type { Role } from './role.ts'
import type { Changed } from './shelf.ts'
import { forked, type Spawn } from './spawn.ts'
import { openTransports } from './transports.ts'
import { userName } from './user-name.ts'
import { version } from './version.ts'
import { nothingRuns, startWork } from './work.ts'
import { assertTrusted } from './workspace/assert-trusted.ts'
import { giveEditorTypes } from './workspace/editor-types.ts'
import { keyFor, keySource, type KeySources, settleKey } from './workspace/key.ts'
import { layoutOf } from './workspace/layout.ts'

/** What a host makes use of that is no part of its own code. What is left out is what stands beside that. */
export interface Programs {
  /** Who starts what runs workflow code; left out, this process does. */
  readonly spawn?: Spawn
  /** What the store's threads start from. */
  readonly threads?: ThreadEntries
  /** What workflows import as `cairn`. */
  readonly sdk?: string
}

export interface HostOptions extends Programs {
  readonly workspace: string
  /** The port on 127.0.0.1, 0 for a free one; null for the socket alone. */
  readonly port: number | null
  readonly role: Role
  /** Asks whether the folder's code may run; called where the user has not said so before. */
  readonly trusts: (folder: string) => Promise<boolean>
  /** Told of each workflow as it is loaded, refused, or gone. */
  readonly changed?: Changed
  /** Told of the settings once others are in force, or were refused. */
  readonly policyChanged?: (policy: PolicyView) => void
  /** Told when the store cannot be written, and why; with null once it can be again. */
  readonly faulted?: (fault: Failure | null) => void
  /** Where else the key of the store may come from than from the environment and the configuration. */
  readonly keys?: KeySources
}

export interface Host {
  readonly workspace: string
  readonly url: string | null
  readonly socket: string
  readonly tokenFile: string
  /** Resolves once every workflow that was there has been loaded or refused. A host that serves answers before that. */
  readonly loaded: Promise<void>
  info(): HostInfo
  workflows(): readonly WorkflowEntry[]
  policy(): PolicyView
  /** Serves the contract to whoever holds the other end. */
  answer(page: Port): void
  close(): Promise<void>
}

/** Starts the host of a workspace. @throws StartRefused */
export function startHost(options: HostOptions): Promise<Host> {
  return begunWhole((closing) => startTrouble(layoutOf(options.workspace), () => start(options, closing)))
}

async function start({ workspace, port, role, trusts, changed, policyChanged, faulted, keys, spawn = forked, threads = threadEntries, sdk = entryFile('sdk') }: HostOptions, closing: Closing): Promise<Host> {
  const clock = systemClock
  const randomness = systemRandomness()
  const startedAt = clock.now()
  const layout = layoutOf(workspace)
  assertWorkspace(layout)
  const first = readWhole(layout.config)
  const { config } = first
  const newlyTrusted = role !== 'read' && (await assertTrusted(layout.root, trusts))
  closing.add(own(layout))

  await settleKey(layout, config.store, keys)
  const key = await keyFor(layout, config.store, keys)
  const source = keySource(layout, config.store, keys)
  const logs = openLogs(layout.logs, startedAt, { leavesOut: key !== null, level: config.debugging.log_level })
  closing.add(() => logs.close())
  const { troubled } = logs
  const { durability, value_limit: valueLimit } = config.store
  const machineStarted = clock.now() - Math.round(1_000 * uptime())
  const lastWork = lastWorkFor(role, { layout, clock, machineStarted, troubled }, closing)
  const { store, alarm, anchor } = await openAnchored(
    {
      ...threads,
      workspace: layout.root,
      key,
      durability,
      valueLimit,
      givesBack: role !== 'read' && isBounded(config.retention.policy),
      defer: setImmediate,
      clock,
      elapsed: systemElapsed,
      randomness,
      lastWork,
      troubled,
      faulted(fault) {
        if (fault !== null) troubled('the store cannot be written', fault)
        feed.touched('host')
        faulted?.(faultToTell(fault))
      },
    },
    closing,
  )
  if (role === 'serve') await giveEditorTypes(layout.root).catch((error: unknown) => troubled('giving editors their types', error))
  const { storage, queries, search, figures } = store
  const post = await openPost({ smtp: () => live.config.smtp, folder: layout.mail, clock, randomness, seals: store.files, troubled })
  closing.add(() => post.close())

  const feed = createFeed(store.head().position)
  const notification = newsTo(feed, logs)
  const record = recorder(storage, clock, notification)
  const live: LiveConfig = new LiveConfig({
    ...{ file: layout.config, first, clock, record, troubled },
    here: () => (role !== 'serve' && role !== 'start') || catalog.unread() > 0 ? null : catalog.list(),
    changed() {
      logs.from(live.config.debugging.log_level)
      integrity.pace()
      retention.begin()
      work.reconsider()
      feed.touched('host')
      policyChanged?.(live.view())
    },
  })
  closing.add(() => live.close())
  if (role !== 'read') {
    const { runs, damaged } = storage.unfinished()
    const { position } = await record({ type: 'host_started', version, unfinished: runs.length + damaged.length })
    // A store that takes nothing keeps no host from ending.
    closing.add(() => record({ type: 'host_stopped' }).then(() => undefined, (error: unknown) => troubled('the end of the host was not journaled', error)))
    if (newlyTrusted || position === 1) await record({ type: 'folder_trusted', folder: layout.root })
  }
  // What is an alarm for whoever comes next, too, is not journaled by each that only reads.
  if (alarm !== null && role !== 'read') await record({ type: 'integrity_alarm', failure: alarm })
  const shelfChanged: Changed = (file, now) => {
    // No entry tells of a file that is gone.
    if (now === null) feed.touched('workflows')
    changed?.(file, now)
  }
  const parts = { layout, storage, clock, randomness, notification, lastWork, spawn, sdk, record, smtp: post.settings, policy: () => live.config.policy, executors: config.executors, changed: shelfChanged }
  const work = role === 'read' ? nothingRuns() : await startWork(role, parts, closing)
  const integrity = new Integrity({
    clock,
    verifier: store.verifier,
    interval: () => live.config.store.validation_interval,
    serves: role === 'serve',
    record,
    isWritten: (run) => store.storage.hasRow(run),
    quarantine: work.quarantine,
    release: work.release,
    found: alarm,
    checked() {
      anchor()
      feed.touched('host')
    },
    troubled,
  })
  closing.add(() => integrity.close())
  const damaged = (): RunId[] => integrity.findings().flatMap(({ run }) => (run === null ? [] : [run]))
  const retention = new KeptPast({ clock, store, bounds: () => live.config.retention, damaged, notification })
  closing.add(() => retention.close())
  const fault = (): Failure | null => faultToTell(store.fault())
  const info = (): HostInfo => ({
    version,
    workspace: layout.root,
    looks: role === 'read',
    pid: process.pid,
    startedAt,
    position: feed.head(),
    recovery: told(work.recovery),
    alarm: [...integrity.alarms(), fault(), ...integrity.findings().map(failureOf)].find((failure) => failure !== null) ?? null,
    unlogged: logs.trouble(),
    encryption: store.keyring && { ...store.keyring, source },
    mail: post.route(),
    executors: work.stats(),
  })
  const { control, catalog } = work
  const { mailbox } = post
  const readers = { queries, search, figures, integrity, fault }
  const backups = backupsOf({ layout, clock, store, record })
  const service = createService({ ...readers, policy: () => live.view(), deadLetters: () => live.config.policy.deadLetters, backups, beside: () => besideStore(layout), retention, control, feed, clock, catalog, mailbox, info, person: userName(), troubled })
  const places = await openTransports({ layout, service, version, role, startedAt, port, troubled }, closing)
  closing.add(() => feed.close())
  const loaded = work.load()
  if (role !== 'serve') await loaded
  else {
    // What was left may be as large as the store: nobody waits for it but who closes the host.
    const tidied = Promise.all([removeAbandoned(layout.backups), removeUnfinished(layout.root)]).catch((error: unknown) => troubled('removing what was left beside the store', error))
    closing.add(() => tidied.then(() => undefined))
    integrity.begin()
    retention.begin()
    await live.watch()
  }

  return {
    workspace: layout.root,
    ...places,
    loaded: loaded.catch((error: unknown) => troubled('the workflows could not be looked at', error)),
    tokenFile: layout.token,
    info,
    workflows: () => catalog.list(),
    policy: () => live.view(),
    answer: answerPages(service),
    close: () => closing.close(),
  }
}

/** Committed entries and signals go to who listens, and into the log. */
function newsTo(feed: Feed, logs: Logs): Notification {
  return {
    committed(entry, change) {
      feed.committed(entry, change)
      logs.committed(entry, change)
    },
    signalled(signal) {
      feed.signalled(signal)
      logs.signalled(signal)
    },
    troubled: logs.troubled,
  }
}

function told({ recovered, waiting, failed, left }: RecoveryReport): HostInfo['recovery'] {
  const whyOf = ({ error }: RecoveryReport['left'][number]): string => {
    if (error instanceof CorruptionFound) return `${error.message}; ${backup}`
    return `${mayPass(error) ? 'it is taken up once the store lets it: ' : ''}${error.message}`
  }
  const over = [...failed.map(({ run, why }) => ({ run, reason: why })), ...left.map((each) => ({ run: each.run, reason: whyOf(each) }))]
  return { recovered: [...recovered], waiting: [...waiting], failed: over }
}
