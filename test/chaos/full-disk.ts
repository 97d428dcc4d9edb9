/** A disk that is full under the host: no file of its may grow for a while, which to the store is the same. */
import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../../src/client/client.ts'
import type { Arena } from './arena.ts'
import type { Scenario } from './scenario.ts'
import { allEnded, patience } from './storm.ts'

/** No run fails of it: all that are under way wait, and go on by themselves. */
export const fullDisk: Scenario = { name: "the store's disk is full", class: 'resource', workflow: 'journey', ends: 'recovers', by: null }

/** Whether the system lets the limits of a process be set while it runs. */
export const mayFill = process.platform === 'linux'

/** How many runs are under way when it happens. */
const many = 3
/** How long it stays so once it is known, in milliseconds. */
const lasts = 500

export async function fillDisk(arena: Arena): Promise<void> {
  const cases = await Promise.all(Array.from({ length: many }, () => arena.begin(fullDisk)))
  await Promise.all(cases.map((about) => about.until(({ world }) => world.length > 0)))
  limitFiles(arena.hostPid, 4_096)
  for (const about of cases) about.inject()
  try {
    const isTold = await told(arena.client, true)
    for (const about of isTold ? cases : []) about.found.push({ class: 'resource', name: 'StoreCannotBeWritten', at: Date.now() })
    await delay(lasts)
  } finally {
    limitFiles(arena.hostPid, 'unlimited')
  }
  const roomAt = Date.now()
  await told(arena.client, false)
  await allEnded(cases)
  // It goes on once there is room, and not before.
  for (const about of cases) about.recoveredAt = (about.injections[0]?.at ?? roomAt) + Date.now() - roomAt
}

function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}

/** Resolves once the host says that its store cannot be written, or says it no more; false where it has not within patience. */
async function told({ api, watchNews }: Client, fails: boolean): Promise<boolean> {
  const enough = AbortSignal.timeout(patience)
  for await (const item of watchNews({ signal: enough })) {
    if (item.type === 'changed' && !item.touched.host) continue
    const { items } = await api.attention.list({})
    if (items.some((each) => each.kind === 'alarm' && each.failure.name === 'StoreCannotBeWritten') === fails) return true
  }
  return false
}
