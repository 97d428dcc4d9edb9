/**
 * A busy day, lived: starts runs of the example and of the workflows beside this file, some that go wrong, and answers
 * some of what they ask. `node test/e2e/busy-day/live.ts WORKSPACE [RUNS]` over a host that runs already. Pictures of
 * the console are taken over what this leaves.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Client } from '../../../src/client/client.ts'
import { connectSocket } from '../../../src/client/socket.ts'
import type { RunId } from '../../../src/model/ids.ts'
import { WorkflowName } from '../../../src/model/ids.ts'
import { Json } from '../../../src/model/json.ts'
import { Dice } from '../../simulation/dice.ts'

const [workspace, count = '60'] = process.argv.slice(2)
if (workspace === undefined) throw new Error('name the workspace whose host runs')
const { socket } = z.object({ socket: z.string() }).parse(JSON.parse(readFileSync(join(workspace, '.cairn', 'host.json'), 'utf8')))
const client = connectSocket(socket)
const dice = new Dice(7)
const pick = <T>(all: readonly [T, ...T[]]): T => all[Math.floor(dice.fraction() * all.length)] ?? all[0]

const outreach = ['first-contact', 'outage-apology', 'project-review'].map((name) =>
  Json.parse(JSON.parse(readFileSync(join(workspace, 'inputs', `${name}.json`), 'utf8'))),
)
const topics = ['Move the archive to colder storage', 'A calmer on-call rota', 'Opening the shop on Sundays', 'One price list for all'] as const
const people = ['Ana Lima', 'Tom Okafor', 'Mei Chen', 'Jonas Weber', 'Priya Nair'] as const

function someRun(index: number): { readonly workflow: string; readonly input: Json } {
  const kind = dice.fraction()
  if (kind < 0.2) return { workflow: 'outreach', input: outreach[index % outreach.length] ?? null }
  if (kind < 0.5) {
    const luck = pick(['good', 'good', 'good', 'good', 'flaky', 'flaky', 'broken-tests', 'host-down'])
    const commit = (0x1000000 + Math.floor(dice.fraction() * 0xeffffff)).toString(16).slice(0, 7)
    return { workflow: 'release', input: { service: pick(['web', 'billing', 'search']), commit, luck } }
  }
  if (kind < 0.75) return { workflow: 'plan-review', input: { topic: pick(topics), rounds: 1 + Math.floor(dice.fraction() * 4), slow: dice.fraction() < 0.2 } }
  const name = pick(people)
  const customer = { name, email: `${name.toLowerCase().replace(' ', '.')}@example.com` }
  const trouble = pick(['none', 'none', 'none', 'slow-bank', 'books'])
  const order = `AB-${1000 + Math.floor(dice.fraction() * 9000)}`
  return { workflow: 'refund', input: { order, amount: Math.round(dice.fraction() * 40_000) / 100, customer, reason: 'late', trouble } }
}

/** Answers what a run asks, as somebody would who has no time for the last few. */
async function answer(one: Client, run: RunId): Promise<void> {
  for await (const item of one.watchRun(run, { after: 0 })) {
    if (item.type !== 'entry') continue
    for (const event of item.entry.events) {
      if (event.type === 'run_moved' && ['completed', 'failed', 'cancelled'].includes(event.to)) return
      if (event.type !== 'decision_opened') continue
      const { id, actions } = event.decision
      if (dice.fraction() < 0.25) return
      const action = dice.fraction() < 0.85 ? actions[0]?.name : actions[1]?.name
      await one.api.decisions.decide({ run, decision: id, action: action ?? 'approve', note: dice.fraction() < 0.3 ? 'looks right to me' : null })
    }
  }
}

const answered: Promise<void>[] = []
for (let index = 0; index < Number(count); index += 1) {
  const { workflow, input } = someRun(index)
  const { id } = await client.api.runs.start({ workflow: WorkflowName.parse(workflow), input })
  answered.push(answer(client, id))
  await new Promise((resolve) => setTimeout(resolve, 150 + dice.fraction() * 600))
}
await Promise.race([Promise.all(answered), new Promise((resolve) => setTimeout(resolve, 30_000))])
client.close()
