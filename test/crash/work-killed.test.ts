/**
 * Hosts with eight runs under way are killed: at random moments, and before and after each write that has to last. Held
 * against a ledger outside the store: nothing that was acknowledged is lost, nothing is done twice, no run is left behind.
 */
import { spawnSync } from 'node:child_process'
import { setTimeout as moment } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { Child } from '../conformance/child.ts'
import { isAccountedFor } from './accounted.ts'
import { LightHosts } from './light-host.ts'
import { writePoints } from './write-points.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const kills = Math.ceil(500 * scale)
/** How often each point is met. */
const each = Math.ceil(5 * scale)
/** As long as many take; no single one waits. */
const patience = 120_000 * Math.max(1, 10 * scale)
const runs = 8
/** The longest time from a host's first words to the kill, in milliseconds. */
const longest = 60

/** Two workspaces at once, each with hosts of its own: one that starts leaves a core idle for much of the time. */
async function inTwoLanes(killing: (hosts: LightHosts, lane: number) => Promise<void>): Promise<void> {
  await Promise.all(
    [0, 1].map(async (lane) => {
      const hosts = new LightHosts()
      await killing(hosts, lane)
      await isAccountedFor(hosts)
      await hosts.scratch.remove()
    }),
  )
}

test(`killed at ${kills} random moments with ${runs} runs under way`, () =>
  inTwoLanes(async (hosts, lane) => {
    for (let kill = lane; kill < kills; kill += 2) {
      const host = await hosts.start({ runs })
      await moment(Math.random() * longest)
      await hosts.kill(host)
      expect(host.signal).toBe('SIGKILL')
    }
  }), patience)

test(`killed ${each} times at each write that has to last`, async () => {
  const met = new Map<string, number>()
  await inTwoLanes(async (hosts, lane) => {
    for (const [index, point] of writePoints.entries()) {
      if (index % 2 !== lane) continue
      for (let turn = 0; turn < each; turn += 1) {
        const host = await hosts.start({ runs, point, nth: /anchor|WAL|copied/.test(point) ? 1 : 1 + ((7 * turn) % 23) })
        await hosts.rest(host)
        if (host.signal === 'SIGKILL') met.set(point, (met.get(point) ?? 0) + 1)
      }
    }
  })
  expect(writePoints.filter((point) => met.get(point) !== each), 'points that were not met').toEqual([])
}, patience)

/** Each of these is killed at another of its calls of the system that write, at the call and before it is done. */
const calls = Math.ceil(30 * scale)
/** So many calls a host makes before it is long at work. */
const furthest = 900

afterEach(() => {
  Child.under = []
})

const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0

test.skipIf(!canTrace)(`killed at ${calls} of its writes, syncs and renames`, async () => {
  const hosts = new LightHosts()
  for (let call = 1; call <= calls; call += 1) {
    const nth = call % 3 === 0 ? Math.ceil(call / 3) : Math.ceil((furthest * call) / calls)
    const which = call % 3 === 0 ? 'fsync,fdatasync,rename,ftruncate' : 'pwrite64,write,fsync,fdatasync,rename'
    Child.under = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${which}`, '-e', `inject=${which}:signal=KILL:when=${nth}`]
    const host = await hosts.start({ runs })
    await hosts.rest(host)
    expect(host.signal).toBe('SIGKILL')
  }
  Child.under = []
  await isAccountedFor(hosts)
  await hosts.scratch.remove()
}, patience)
