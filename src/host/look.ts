/**
 * A host that only shows a workspace's store: it owns nothing, runs nothing and changes nothing, so that it can be opened
 * where no other host can be. What it shows of a store that another process writes is as of when it is asked.
 */
import { randomBytes } from 'node:crypto'
import type { HostInfo } from '../contract/host.ts'
import { systemClock } from '../effects/clock.ts'
import type { Port } from '../effects/ports/port.ts'
import { Unavailable } from '../model/control-errors.ts'
import { failureOf } from '../model/integrity.ts'
import { createFeed } from '../service/feed.ts'
import type { IntegrityWatch, Mailbox } from '../service/parts.ts'
import { createService } from '../service/service.ts'
import { usualPolicy } from '../model/policy/policy.ts'
import { openToLook } from '../store/open-to-look.ts'
import { begunWhole, type Closing } from './closing.ts'
import { answerPages } from './desktop/answer-pages.ts'
import { policyToLook } from './config/policy-to-look.ts'
import { createGuard } from './http/guard.ts'
import { listenOnLoopback } from './http/listen.ts'
import { pages } from './http/pages.ts'
import { createHttpServer } from './http/server.ts'
import { assertWorkspace, startTrouble } from './own.ts'
import { threadEntries } from './program.ts'
import { userName } from './user-name.ts'
import { version } from './version.ts'
import { nothingRuns } from './work.ts'
import { backupsIn } from './backups.ts'
import { besideStore } from './beside-store.ts'
import { keyFor, keySource, type KeySources, settingsToRead } from './workspace/key.ts'
import { layoutOf } from './workspace/layout.ts'
import { userAlarm } from './workspace/user-anchor.ts'

export interface LookHostOptions {
  readonly workspace: string
  /** The port on 127.0.0.1, 0 for a free one; null for none. */
  readonly port: number | null
  readonly keys?: KeySources
  readonly troubled: (what: string, error: unknown) => void
}

export interface LookHost {
  readonly workspace: string
  readonly url: string | null
  /** What a browser must show; of this host alone. */
  readonly token: string
  /** What is shown is a copy of the store: it cannot be read where it lies. */
  readonly isCopy: boolean
  info(): HostInfo
  /** Serves the contract to whoever holds the other end. */
  answer(page: Port): void
  close(): Promise<void>
}

/** @throws StartRefused where not even that is possible */
export function startLookHost(options: LookHostOptions): Promise<LookHost> {
  return begunWhole((closing) => startTrouble(layoutOf(options.workspace), () => start(options, closing)))
}

async function start({ workspace, port, keys, troubled }: LookHostOptions, closing: Closing): Promise<LookHost> {
  const layout = layoutOf(workspace)
  assertWorkspace(layout)
  const startedAt = systemClock.now()
  const settings = settingsToRead(layout)
  const source = keySource(layout, settings, keys)
  const key = await keyFor(layout, settings, keys)
  const looked = await openToLook({ ...threadEntries, workspace: layout.root, key, anchored: (journal) => userAlarm(layout.root, journal), clock: systemClock, troubled })
  closing.add(() => looked.close())
  const { queries, search, figures, head } = looked
  const { control, catalog } = nothingRuns()
  const integrity: IntegrityWatch = {
    latest: () => looked.check(),
    alarms: () => (looked.alarm === null ? [] : [looked.alarm]),
    findings: () => looked.findings(),
    async verify(progressed) {
      const verification = await looked.verify(progressed)
      feed.touched('host')
      return verification
    },
  }
  const feed = createFeed(head)
  const info = (): HostInfo => ({
    version,
    workspace: layout.root,
    looks: true,
    pid: process.pid,
    startedAt,
    position: head,
    recovery: { recovered: [], waiting: [], failed: [] },
    alarm: [...integrity.alarms(), ...integrity.findings().map(failureOf)][0] ?? null,
    unlogged: null,
    encryption: looked.keyring && { ...looked.keyring, source },
    mail: { to: 'nowhere' },
    executors: null,
  })
  const service = createService({
    ...{ control, catalog, queries, search, figures, feed, info, troubled },
    integrity,
    backups: { make: refuse, list: () => backupsIn(layout.backups) },
    beside: () => besideStore(layout),
    retention: { plan: refuse, apply: refuse },
    policy: () => policyToLook(layout.config, startedAt),
    deadLetters: () => usualPolicy.deadLetters,
    fault: () => null,
    clock: systemClock,
    mailbox: noMail,
    person: userName(),
  })
  const token = randomBytes(32).toString('base64url')
  const url = port === null ? null : await openPort(port)
  closing.add(() => feed.close())
  return { workspace: layout.root, url, token, isCopy: looked.isCopy, info, answer: answerPages(service), close: () => closing.close() }

  async function openPort(wanted: number): Promise<string> {
    const web = createHttpServer({ service, version, troubled, guard: createGuard(token), pages: pages() })
    closing.add(() => web.close())
    return listenOnLoopback(web.server, wanted)
  }
}

const refuse = (): Promise<never> =>
  Promise.reject(new Unavailable('this host only shows the store: nothing can be done here'))

const noMail: Mailbox = { list: () => Promise.resolve([]), find: () => Promise.resolve(undefined), subscribe: () => () => undefined }
