import { expect, test } from 'vitest'
import type { FromHost, ToHost } from '../contract/desktop/host.ts'
import type { Refusal } from '../contract/desktop/refusal.ts'
import { Restarts } from './restarts.ts'
import { type HostHears, Supervisor } from './supervisor.ts'

const open = { type: 'open', workspace: '/space', port: null, trust: false, looks: false, bringBack: null, keyFile: null, encrypts: false, rotates: null } as const
const refusal: Refusal = { workspace: '/space', message: 'another process owns it', exitCode: 10, ways: ['look', 'again'], backups: [] }

interface StartedHost {
  readonly hears: HostHears
  readonly told: ToHost[]
  readonly hands: string[]
  ports: number
  killed: boolean
}

/** A page's port, as far as it is closed here. */
class Page {
  closed = false

  close(): void {
    this.closed = true
  }
}

/** Hosts that do what the test says, and a clock that the test moves. */
function supervised({ trusts = true } = {}) {
  const hosts: StartedHost[] = []
  const timers = new Set<{ at: number; call: () => void }>()
  const refused: (string | null)[] = []
  const said: string[] = []
  let now = 0
  let lost = 0
  let served = 0
  const supervisor = new Supervisor<Page>({
    open,
    startHost(hears) {
      const host: StartedHost = { hears, told: [], hands: [], ports: 0, killed: false }
      hosts.push(host)
      return {
        tell(message, ports = []) {
          host.told.push(message)
          host.ports += ports.length
        },
        kill() {
          host.killed = true
          hears.exited(137)
        },
      }
    },
    handsFor: () => {
      const { hands } = last()
      return {
        start: ({ process, program }) => hands.push(`start ${program} ${process}`),
        kill: (process) => hands.push(`kill ${process}`),
        killAll: () => hands.push('kill all'),
      }
    },
    key: (kept) => ({ type: 'key', text: `of ${kept}`, kept: 'kept' }),
    restarts: new Restarts(),
    now: () => now,
    after(millis, call) {
      const timer = { at: now + millis, call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    asks: () => Promise.resolve(trusts),
    say: (line) => said.push(line),
    serves: () => (served += 1),
    lost: () => (lost += 1),
    refused: (why) => refused.push(why?.message ?? null),
  })
  supervisor.start()

  function last() {
    const host = hosts.at(-1)
    if (host === undefined) throw new Error('no host was started')
    return host
  }
  return {
    supervisor,
    hosts,
    refused,
    said,
    lost: () => lost,
    served: () => served,
    last,
    says: (message: FromHost) => last().hears.said(message),
    dies: () => last().hears.exited(1),
    passes(millis: number) {
      now += millis
      for (const timer of [...timers].filter(({ at }) => at <= now)) if (timers.delete(timer)) timer.call()
    },
  }
}

test('a host is told what to open once it listens, and pages that came earlier wait for that', () => {
  const { supervisor, says, last } = supervised()
  supervisor.connect(new Page())
  expect(last().told).toEqual([])
  says({ type: 'listens' })
  supervisor.connect(new Page())
  expect(last().told).toEqual([open, { type: 'page' }, { type: 'page' }])
  expect(last().ports).toBe(2)
})

test('a host that dies takes with it what ran code for it, and is followed by another, the second time after a pause', () => {
  const { supervisor, hosts, says, dies, passes, lost } = supervised()
  says({ type: 'listens' })
  says({ type: 'start', process: 0, program: 'executor', memory: 1, env: {} })
  dies()
  expect(hosts).toHaveLength(2)
  expect(hosts[0]?.hands).toEqual(['start executor 0', 'kill all'])
  dies()
  expect(hosts).toHaveLength(2)
  const between = new Page()
  supervisor.connect(between)
  expect([between.closed, lost()]).toEqual([true, 3])
  passes(499)
  expect(hosts).toHaveLength(2)
  passes(1)
  expect(hosts).toHaveLength(3)
})

test('pages that wait for a host that dies are told', () => {
  const { supervisor, dies, lost } = supervised()
  const waiting = new Page()
  supervisor.connect(waiting)
  dies()
  expect([waiting.closed, lost()]).toEqual([true, 1])
})

test('the person is asked once whether the folder is trusted, whatever the answer', async () => {
  for (const trusts of [true, false]) {
    const { says, dies, hosts, last } = supervised({ trusts })
    says({ type: 'listens' })
    says({ type: 'asks', folder: '/space' })
    await Promise.resolve()
    expect(last().told.at(-1)).toEqual({ type: 'answers', trust: trusts })
    dies()
    says({ type: 'listens' })
    expect(hosts).toHaveLength(2)
    expect(last().told).toEqual([{ ...open, trust: trusts }])
  }
})

test('a host that wants the key of its store is told it', () => {
  const { says, last } = supervised()
  says({ type: 'listens' })
  says({ type: 'wants_key', kept: 'sealed' })
  expect(last().told.at(-1)).toEqual({ type: 'key', text: 'of sealed', kept: 'kept' })
})

test('a host that refuses is ended and not started again, and who asks later is told why', () => {
  const { supervisor, says, last, passes, hosts, refused } = supervised()
  says({ type: 'listens' })
  says({ type: 'refuses', refusal })
  expect(last().killed).toBe(true)
  passes(60_000)
  expect([hosts.length, refused]).toEqual([1, ['another process owns it']])
  const late = new Page()
  supervisor.connect(late)
  expect([late.closed, refused]).toEqual([true, ['another process owns it', 'another process owns it']])
  expect(supervisor.refusal).toEqual(refusal)
})

test('what a person chooses then is opened, and a backup is brought back once', () => {
  const { supervisor, says, dies, last, hosts, refused } = supervised()
  supervisor.open({ ...open, looks: true })
  expect(hosts).toHaveLength(1)
  says({ type: 'listens' })
  says({ type: 'refuses', refusal })
  const chosen = { ...open, bringBack: '/space/backup.db' }
  supervisor.open(chosen)
  expect([hosts.length, refused.at(-1), supervisor.refusal]).toEqual([2, null, null])
  says({ type: 'listens' })
  expect(last().told).toEqual([chosen])
  says({ type: 'serves', workspace: '/space', url: null })
  dies()
  says({ type: 'listens' })
  expect(last().told).toEqual([open])
})

const serves: FromHost = { type: 'serves', workspace: '/space', url: null }

/** A host that serves, and how often it is looked at from then on. */
function serving() {
  const parts = supervised()
  parts.says({ type: 'listens' })
  parts.says(serves)
  return { ...parts, looks: (count: number) => Array.from({ length: count }).forEach(() => parts.passes(2_000)) }
}

test('a host that answers no more is ended after a minute, and followed by another', () => {
  const { hosts, said, looks, last, served } = serving()
  expect(served()).toBe(1)
  looks(30)
  expect(last().told.filter(({ type }) => type === 'ping')).toHaveLength(1)
  expect(last().killed).toBe(false)
  looks(1)
  expect(hosts.map(({ killed }) => killed)).toEqual([true, false])
  expect(hosts[0]?.hands).toEqual(['kill all'])
  expect(said.slice(-2)).toEqual(['the host has not answered for 60 s: it is ended', 'the host ended with exit code 137; it is started again now'])
})

test('a host that is busy, and answers late, is left alone: it has all of its time again', () => {
  const { says, hosts, looks } = serving()
  for (let time = 0; time < 3; time += 1) {
    looks(30)
    says({ type: 'pong' })
  }
  expect(hosts).toHaveLength(1)
  looks(31)
  expect(hosts).toHaveLength(2)
})

test('a machine that slept has not been silent: looks are counted, not time', () => {
  const { passes, hosts, says, looks } = serving()
  looks(1)
  for (let night = 0; night < 20; night += 1) passes(8 * 3_600_000)
  says({ type: 'pong' })
  expect(hosts).toHaveLength(1)
})

test('a host that still opens its store may take as long as it takes', () => {
  const { says, passes, hosts } = supervised()
  says({ type: 'listens' })
  for (let count = 0; count < 1_000; count += 1) passes(2_000)
  expect(hosts).toHaveLength(1)
})

test('nobody looks at a host that is gone, or that ends in good order', () => {
  const { supervisor, says, dies, looks, hosts, said } = serving()
  dies()
  looks(40)
  expect(hosts).toHaveLength(2)
  says({ type: 'listens' })
  says(serves)
  void supervisor.stop()
  looks(4)
  expect(hosts[1]?.told.map(({ type }) => type)).toEqual(['open', 'stop'])
  expect(said.some((line) => line.includes('has not answered'))).toBe(false)
})

test('it ends in good order, and only once', async () => {
  const { supervisor, says, dies, last, hosts } = supervised()
  says({ type: 'listens' })
  const stopped = Promise.all([supervisor.stop(), supervisor.stop()])
  expect(last().told.at(-1)).toEqual({ type: 'stop' })
  dies()
  await stopped
  expect([hosts.length, last().killed]).toEqual([1, false])
})

test('a workspace is opened again with another wish, once its host has ended in good order, and the wish is met once', () => {
  const { supervisor, says, dies, last, hosts, passes } = serving()
  const rotates = { ...open, rotates: 'c0ffee' }
  supervisor.reopen(rotates)
  supervisor.reopen({ ...rotates, rotates: 'another' })
  expect(last().told.map(({ type }) => type)).toEqual(['open', 'stop'])
  const page = new Page()
  dies()
  supervisor.connect(page)
  expect([hosts.length, page.closed]).toEqual([2, false])
  passes(60_000)
  expect(hosts[1]?.killed).toBe(false)
  says({ type: 'listens' })
  expect(last().told).toEqual([rotates, { type: 'page' }])
  dies()
  says({ type: 'listens' })
  expect(last().told).toEqual([rotates])
  says(serves)
  dies()
  passes(500)
  says({ type: 'listens' })
  expect([hosts.length, last().told]).toEqual([4, [open]])
})

test('nothing is opened again where no host serves, or all is to end', () => {
  const { supervisor, says, last, hosts, dies } = supervised()
  says({ type: 'listens' })
  supervisor.reopen({ ...open, rotates: 'c0ffee' })
  expect(last().told).toEqual([open])
  says(serves)
  void supervisor.stop()
  supervisor.reopen({ ...open, rotates: 'c0ffee' })
  dies()
  expect([hosts.length, last().told.filter(({ type }) => type === 'stop')]).toEqual([1, [{ type: 'stop' }]])
})

test('a host that is to make room and does not end is ended', () => {
  const { supervisor, passes, hosts } = serving()
  supervisor.reopen({ ...open, rotates: 'c0ffee' })
  passes(10_000)
  expect(hosts.map(({ killed }) => killed)).toEqual([true, false])
})

test('a host that does not end is ended', async () => {
  const { supervisor, says, passes, last } = supervised()
  says({ type: 'listens' })
  const stopped = supervisor.stop()
  passes(10_000)
  await stopped
  expect(last().killed).toBe(true)
})

test('it ends at once where no host runs, and none is started after that', async () => {
  const { supervisor, dies, passes, hosts } = supervised()
  dies()
  dies()
  await Promise.all([supervisor.stop(), supervisor.stop()])
  passes(60_000)
  expect(hosts).toHaveLength(2)
})
