/** The second example, as it is shipped: each input comes to the end that its README promises. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { Json } from '../../src/model/json.ts'
import type { RunDetail } from '../../src/model/views.ts'
import { asked, ended, runOnce } from './moments.ts'
import { exampleWorkspace, hostOf } from './workspaces.ts'

async function start(client: Client, workspace: string, input: string, workflow = 'release') {
  const text = readFileSync(join(workspace, 'inputs', `${input}.json`), 'utf8')
  return (await client.api.runs.start({ workflow: WorkflowName.parse(workflow), input: Json.parse(JSON.parse(text)) })).id
}

/** How each error ended, and by what. */
const endings = ({ errors }: RunDetail) => errors.map(({ step, status, recoveries }) => [step, recoveries.at(-1)?.strategy, status])

test('each way of getting over an error can be watched, and what is not got over is taken back', async () => {
  const workspace = await exampleWorkspace('release-pipeline')
  const { client } = await hostOf(workspace)
  const outcome = async (input: string) => ended(client, await start(client, workspace, input))
  const live = () => readFileSync(join(workspace, 'places', 'production', 'deployed.txt'), 'utf8')

  expect((await outcome('smooth')).record.status).toBe('completed')
  const before = live()
  expect(before.trim().split('\n')).toHaveLength(1)

  const all = await outcome('everything')
  expect(all.record.status).toBe('completed')
  expect(Object.fromEntries(endings(all).map(([step, ...how]) => [step, how]))).toEqual({
    build: ['longer_timeout', 'recovered'],
    manual: ['skip', 'recovered'],
    test: ['retry', 'recovered'],
    announce: ['fallback', 'recovered'],
  })
  expect(all.attempts.find(({ step, failure }) => step === 'build' && failure !== null)?.failure?.class).toBe('timeout')

  const waits = await outcome('waits')
  expect([waits.record.status, endings(waits)]).toEqual(['completed', [['manual', 'wait_for_resource', 'recovered']]])

  for (const [input, step, strategy] of [['begun-anew', 'build', 'restart'], ['built-anew', 'test', 'restart_from_checkpoint']] as const) {
    const sent = await outcome(input)
    expect([sent.record.status, sent.record.branch, sent.record.generation, endings(sent)]).toEqual(['completed', 1, 0, [[step, strategy, 'recovered']]])
  }
  const anew = await outcome('deployed-anew')
  expect([anew.record.status, anew.record.generation, anew.record.rollbacks, endings(anew)]).toEqual(['completed', 1, { 'before-deploy': 1 }, [['verify', 'rollback', 'recovered']]])
  const later = await start(client, workspace, 'later')
  await runOnce(client, later, ({ record }) => record.waiting === 'dead_letter')
  for await (const item of await client.api.deadLetters.drain({ on: { runs: [later] } })) {
    if (item.type === 'result') expect(item).toMatchObject({ step: 'deploy', action: 'retry', outcome: 'recovered' })
  }

  const unwell = await outcome('rolled-back')
  expect(unwell.record.status).toBe('failed')
  expect(unwell.steps.find(({ step }) => step === 'deploy')).toMatchObject({ status: 'completed', compensation: 'done' })
  expect(live()).toBe(before)

  const met = await Promise.all(['promote', 'refresh'].map(async (workflow) => ended(client, await start(client, workspace, 'meet', workflow))))
  expect(met.map(({ record }) => record.status)).toEqual(['completed', 'completed'])
  expect(met.flatMap(endings)).toEqual([['bring', 'give_way', 'recovered']])

  const run = await start(client, workspace, 'asks-a-person')
  const { decision, runVersion } = await asked(client, run, 'test')
  expect(decision.kind).toBe('recovery')
  await client.api.decisions.decide({ run, decision: decision.id, seen: runVersion, action: 'fail', note: null })
  expect((await ended(client, run)).record.status).toBe('failed')
})
