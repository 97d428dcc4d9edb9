/**
 * Hosts with eight runs under way are killed: at random moments, and before and after each write that has to last. Held
 * against a ledger outside the store: nothing that was acknowledged is lost, nothing is done twice, no run is left behind.
 */
import { setTimeout as moment } from 'node:timers/promises'
import { expect, test } from 'vitest'
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

test(`killed at ${kills} random moments with ${runs} runs under way`, async () => {
  // Two at once: a host that starts leaves a core idle for much of the time.
  await Promise.all(
    [0, 1].map(async (lane) => {
      const hosts = new LightHosts()
      for (let kill = lane; kill < kills; kill += 2) {
        const host = await hosts.start({ runs })
        await moment(Math.random() * longest)
        await hosts.kill(host)
        expect(host.signal).toBe('SIGKILL')
      }
      await isAccountedFor(hosts)
      await hosts.scratch.remove()
    }),
  )
}, patience)

test(`killed ${each} times at each write that has to last`, async () => {
  const hosts = new LightHosts()
  const met = new Map<string, number>()
  for (let turn = 0; turn < each; turn += 1) {
    for (const point of writePoints) {
      const host = await hosts.start({ runs, point, nth: /anchor|WAL/.test(point) ? 1 : 1 + ((7 * turn) % 23) })
      await hosts.rest(host)
      if (host.signal === 'SIGKILL') met.set(point, (met.get(point) ?? 0) + 1)
    }
  }
  expect(writePoints.filter((point) => met.get(point) !== each), 'points that were not met').toEqual([])
  await isAccountedFor(hosts)
  await hosts.scratch.remove()
}, patience)
