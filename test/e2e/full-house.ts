/**
 * One host for all tests of a file, over a workspace in which everything that the console shows can be seen at once:
 * runs that ended well and badly, alike and alone, that wait, that run and that nobody can be sure of, a file that is
 * refused, and mail.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { connectSocket } from '../../src/client/socket.ts'
import { type Host, startHost } from '../../src/host/start.ts'
import { settings } from '../../src/host/workspace/starter.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { bundledPrograms } from '../bundled-program.ts'
import { asked, ended } from '../integration/moments.ts'

/** Goes on until its host ends. Only one at a time has the barn; another one gathers meanwhile. */
const harvest = `import { workflow, z } from 'cairn'

const until = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

export default workflow('harvest', { version: 1, input: z.object({}) })
  .step('gather', ({ progress, log, signal }) => {
    log.info('gathering from 12 fields')
    progress(0.4, 'field 5 of 12')
    return until(signal)
  })
  .step('store', { uses: { barn: 1 } }, ({ signal }) => until(signal))
`

/** Is cut off where it touches the outside world. */
const charge = `import { workflow, z } from 'cairn'

export default workflow('charge', { version: 1, input: z.object({ amount: z.number() }) })
  .step('pay', { effect: { repeat: 'unsafe' } }, () => process.exit(1))
  .step('book', { needs: ['pay'] }, () => null)
`

const customer = { name: 'Ana Lima', email: 'ana.lima@example.com' }
const refund = { order: 'AB-1234', amount: 49.9, customer, reason: 'late' }

export interface FullHouse {
  readonly host: Host
  readonly client: Client
  readonly runs: Readonly<Record<'looped' | 'mailed' | 'undone' | 'asking' | 'running' | 'doubted', RunId>>
  /** The id of the decision that the asking run waits for. */
  readonly decision: string
  /** The id of a message. */
  readonly mail: string
}

/** Gives the tests of a file their house; called once, outside any test. What it returns has it while they run. */
export function withFullHouse(): () => FullHouse {
  let house: FullHouse | undefined
  const leave: (() => unknown)[] = []
  beforeAll(async () => {
    const workspace = mkdtempSync(join(tmpdir(), 'cairn-house-'))
    leave.push(() => rmSync(workspace, { recursive: true, force: true }))
    for (const [name, text] of Object.entries(settings)) writeFileSync(join(workspace, name), text)
    const workflows = join(workspace, 'workflows')
    cpSync(join(import.meta.dirname, 'busy-day', 'workflows'), workflows, { recursive: true })
    writeFileSync(join(workflows, 'harvest.ts'), harvest)
    writeFileSync(join(workflows, 'charge.ts'), charge)
    writeFileSync(join(workflows, 'broken.ts'), 'export default workflow(')
    const host = await startHost({ workspace, port: 0, role: 'serve', trusts: () => Promise.resolve(true), ...bundledPrograms })
    leave.push(() => host.close())
    const client = connectSocket(host.socket)
    leave.push(() => client.close())
    house = { host, client, ...(await lifeOf(client)) }
  })
  afterAll(async () => {
    for (const step of leave.toReversed()) await step()
  })
  return () => {
    if (house === undefined) throw new Error('the house is there while tests run')
    return house
  }
}

async function lifeOf(client: Client): Promise<Pick<FullHouse, 'runs' | 'decision' | 'mail'>> {
  const start = async (workflow: string, input: Json): Promise<RunId> =>
    (await client.api.runs.start({ workflow: WorkflowName.parse(workflow), input })).id
  const runs = {
    looped: await start('plan-review', { topic: 'A calmer on-call rota', rounds: 2 }),
    mailed: await start('refund', { ...refund, trouble: 'none' }),
    undone: await start('refund', { ...refund, trouble: 'books' }),
    asking: await start('release', { service: 'web', commit: '1a2b3c4', luck: 'flaky' }),
    running: await start('harvest', {}),
    doubted: await start('charge', { amount: 12 }),
  }
  const alike = await start('refund', { ...refund, trouble: 'books' })
  for (const run of [runs.looped, runs.mailed, runs.undone, alike]) await ended(client, run)
  await progressed(client, runs.running)
  await asked(client, runs.doubted)
  const { decision } = await asked(client, runs.asking)
  const [message] = (await client.api.mail.list({ run: runs.mailed })).mail
  if (message === undefined) throw new Error('the refund was sent no letter')
  return { runs, decision: decision.id, mail: message.id }
}

/** Resolves once the run has said how far it is. */
async function progressed(client: Client, run: RunId): Promise<void> {
  for await (const item of client.followRun(run)) {
    const signals = item.type === 'whole' ? item.signals : item.type === 'signal' ? [item.signal] : []
    if (signals.some(({ type }) => type === 'progress')) return
  }
}
