/** What the console shows of a host at work: figures over time, what needs a person, revisions and how they fare. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { RunDetail } from '../../src/model/views.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const name = (text: string): WorkflowName => WorkflowName.parse(text)

/** Fails as often as its input says, or for good. */
const trying = (version = 1): string => `
  import { PermanentError, TransientError, workflow, z } from 'cairn'
  export default workflow('trying', { version: ${version}, input: z.object({ order: z.number(), fails: z.number(), dies: z.boolean() }) })
    .step('look', () => 'seen')
    .step('try', { needs: ['look'], retry: { attempts: 4, initial: '1ms', max: '1ms' } }, ({ input, attempt }) => {
      if (input.dies) throw new PermanentError('order ' + input.order + ' of "Ada" is unknown')
      if (attempt <= input.fails) throw new TransientError('busy')
      return 'done'
    })
`
const asking = (title: string, deadline: string | null): string => `
  import { workflow, z } from 'cairn'
  export default workflow('${title}', { version: 1, input: z.object({}) })
    .approval('ask', { actions: { primary: 'approve' }, ${deadline === null ? '' : `deadline: '${deadline}'`} })
`

const workflows = {
  'workflows/trying.ts': trying(),
  'workflows/patient.ts': asking('patient', null),
  'workflows/later.ts': asking('later', '2d'),
  'workflows/soon.ts': asking('soon', '1h'),
  'workflows/broken.ts': 'export default 1 +',
}

async function run(client: Client, input: Partial<{ order: number; fails: number; dies: boolean }>, correlation?: string): Promise<RunDetail> {
  const { id } = await client.api.runs.start({
    workflow: name('trying'),
    input: { order: 1, fails: 0, dies: false, ...input },
    ...(correlation !== undefined && { correlation }),
  })
  return ended(client, id)
}

async function ask(client: Client, workflow: string): Promise<void> {
  const { id } = await client.api.runs.start({ workflow: name(workflow), input: {} satisfies Json })
  await asked(client, id)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

describe('figures', () => {
  test('outcomes, steps, errors, recovery and commits of a range', async () => {
    const { client } = await hostOf(await workspaceOf(workflows))
    const from = Date.now() - 60_000
    await run(client, {})
    await run(client, { fails: 2 })
    await run(client, { dies: true })
    const metrics = await client.api.metrics.get({ from, to: Date.now() + 60_000 })

    expect(metrics.outcomes.length).toBeLessThanOrEqual(120)
    expect(metrics.outcomes.map(({ at }) => at)).toEqual(metrics.commits.map(({ at }) => at))
    expect(metrics.outcomes.map(({ at }) => at)).toEqual(metrics.outcomes.map((_, index) => metrics.from + index * metrics.bucket))
    const total = (key: 'started' | 'completed' | 'failed' | 'cancelled') => sum(metrics.outcomes.map((point) => point[key]))
    expect([total('started'), total('completed'), total('failed'), total('cancelled')]).toEqual([3, 2, 1, 0])

    const [tried, looked] = metrics.steps
    expect(tried).toMatchObject({ workflow: 'trying', step: 'try', count: 5, failed: 3 })
    expect(looked).toMatchObject({ workflow: 'trying', step: 'look', count: 3, failed: 0 })
    expect(tried?.p95).toBeGreaterThanOrEqual(tried?.p50 ?? Number.NaN)
    const none = { retried: 0, fallback: 0, skipped: 0, person: 0, failed: 0, open: 0 }
    expect(metrics.errors).toEqual([
      { class: 'transient', count: 2, ended: { ...none, retried: 2 } },
      { class: 'permanent', count: 1, ended: { ...none, failed: 1 } },
    ])
    expect(metrics.recovery).toEqual({ errors: 2, byItself: 2 })

    const { runs } = await client.api.runs.list({ limit: 10 })
    expect(metrics.commitTotal.count).toBe(sum(runs.map(({ checkpoints }) => checkpoints)))
    expect(metrics.commitTotal.count).toBe(sum(metrics.commits.map(({ count }) => count)))
    expect(metrics.commitTotal.p99).toBeGreaterThan(0)
    expect(metrics.commits.filter(({ count }) => count === 0).every(({ p99 }) => p99 === null)).toBe(true)
  })

  test('are those of one workflow where it is named, and stay after a restart', async () => {
    const workspace = await workspaceOf(workflows)
    const first = await hostOf(workspace)
    await run(first.client, { fails: 1 })
    await ask(first.client, 'patient')
    await first.host.close()
    const { client } = await hostOf(workspace)
    const range = { from: Date.now() - 600_000, to: Date.now() + 60_000 }
    const started = async (workflow?: string) => {
      const { outcomes } = await client.api.metrics.get({ ...range, ...(workflow !== undefined && { workflow: name(workflow) }) })
      return sum(outcomes.map((point) => point.started))
    }
    expect([await started(), await started('trying'), await started('patient'), await started('soon')]).toEqual([2, 1, 1, 0])
    const { commitTotal } = await client.api.metrics.get(range)
    const { runs } = await client.api.runs.list({ limit: 10 })
    expect(commitTotal.count).toBe(sum(runs.map(({ checkpoints }) => checkpoints)))
  })

  test('of now: where runs stand, and who is asked', async () => {
    const { client } = await hostOf(await workspaceOf(workflows))
    await run(client, { dies: true })
    await ask(client, 'patient')
    await ask(client, 'soon')
    const { decisions } = await client.api.decisions.list({})
    const now = await client.api.metrics.now()
    expect(now).toMatchObject({ byStatus: { failed: 1, waiting: 2, completed: 0, quarantined: 0 }, pendingDecisions: 2 })
    expect(now.oldestDecisionAt).toBe(Math.min(...decisions.map(({ decision }) => decision.openedAt)))
  })

  test.each([
    [{ from: 2, to: 1 }, 'to'],
    [{ from: 0, to: 40 * 86_400_000 }, 'from'],
  ])('a range that cannot be shown is refused: %j', async (range, path) => {
    const { client } = await hostOf(await workspaceOf({}), { role: 'read' })
    await expect(client.api.metrics.get(range)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: [path] }] },
    })
  })
})

describe('what needs a person', () => {
  test('comes in the order of its urgency: who is asked, what failed, what cannot be started', async () => {
    const { client } = await hostOf(await workspaceOf(workflows))
    for (const workflow of ['patient', 'later', 'soon']) await ask(client, workflow)
    const failed = [await run(client, { order: 17, dies: true }), await run(client, { order: 4, dies: true })]
    const { items } = await client.api.attention.list({})
    expect(items).toMatchObject([
      { kind: 'decision', view: { workflow: 'soon' } },
      { kind: 'decision', view: { workflow: 'later' } },
      { kind: 'decision', view: { workflow: 'patient' } },
      {
        kind: 'failures',
        workflow: 'trying',
        step: 'try',
        count: 2,
        failure: { class: 'permanent', message: 'order 4 of "Ada" is unknown' },
        runs: failed.map(({ record }) => record.id).toReversed(),
        firstAt: failed[0]?.record.endedAt,
        lastAt: failed[1]?.record.endedAt,
      },
      { kind: 'workflow_refused', file: 'workflows/broken.ts', name: null },
    ])
  })

  test('what is damaged is an alarm itself, and hides nothing else', async () => {
    const workspace = await workspaceOf(workflows)
    const { client } = await hostOf(workspace)
    await ask(client, 'soon')
    await run(client, { dies: true })
    const store = new Database(join(workspace, '.cairn', 'store.db'))
    store.exec("UPDATE decision SET content = replace(content, 'approve', 'approved')")
    store.close()
    const { items, moreDecisions } = await client.api.attention.list({})
    expect(items).toMatchObject([
      { kind: 'alarm', failure: { class: 'corruption', message: expect.stringMatching(/^run \S+ is corrupt/) } },
      { kind: 'failures' },
      { kind: 'workflow_refused' },
    ])
    expect(moreDecisions).toBe(1)
  })

  test('a run that failed leaves once a later one of the same correlation id makes it good', async () => {
    const { client } = await hostOf(await workspaceOf(workflows))
    const failures = async () => {
      const { items } = await client.api.attention.list({})
      return items.flatMap((item) => (item.kind === 'failures' ? item.runs : []))
    }
    const first = await run(client, { dies: true }, 'order-1')
    const other = await run(client, { dies: true }, 'order-2')
    expect(await failures()).toEqual([other.record.id, first.record.id])
    const again = await run(client, { dies: true }, 'order-1')
    expect(await failures()).toEqual([again.record.id, other.record.id, first.record.id])
    await run(client, {}, 'order-1')
    expect(await failures()).toEqual([other.record.id])
    expect((await client.api.attention.list({ since: Date.now() + 1 })).items).toMatchObject([{ kind: 'workflow_refused' }])
  })

  test('a store that is damaged: the host finds it by itself, and says so at once', async () => {
    const workspace = await workspaceOf(workflows)
    const first = await hostOf(workspace)
    const { record } = await run(first.client, {})
    const { position } = await first.client.api.host.health()
    await first.host.close()
    const store = new Database(join(workspace, '.cairn', 'store.db'))
    store.exec('UPDATE checkpoint SET checksum = zeroblob(32) WHERE number = 1')
    store.close()

    const { client } = await hostOf(workspace)
    for await (const item of client.watchJournal({ after: position })) {
      if (item.type === 'entry' && item.entry.events.some(({ type }) => type === 'damage_found')) break
    }
    const alarm = { class: 'corruption', name: 'StoreDamaged', message: expect.stringContaining(`checkpoint ${record.id}/1`) }
    expect((await client.api.attention.list({})).items[0]).toMatchObject({ kind: 'damage', finding: { run: record.id }, failure: alarm })
    expect((await client.api.host.info()).alarm).toMatchObject(alarm)
    const { integrity } = await client.api.metrics.now()
    expect(integrity).toMatchObject({ findings: 1 })
  })
})

describe('workflows', () => {
  test('their revisions, with the runs that pin them and the code to compare', async () => {
    const workspace = await workspaceOf(workflows)
    const { client } = await hostOf(workspace)
    await run(client, {})
    await run(client, {})
    const { position } = await client.api.host.health()
    writeFileSync(join(workspace, 'workflows/trying.ts'), trying(2).replace("'done'", "'done anew'"))
    for await (const item of client.watchJournal({ after: position })) {
      if (item.type === 'entry' && item.entry.events.some(({ type }) => type === 'workflow_loaded')) break
    }
    await run(client, {})
    const { revisions } = await client.api.workflows.revisions({ workflow: name('trying') })
    expect(revisions).toMatchObject([
      { version: 2, file: 'workflows/trying.ts', runs: 1, current: true },
      { version: 1, file: 'workflows/trying.ts', runs: 2, current: false },
    ])
    const sources = await Promise.all(revisions.map(({ hash }) => client.api.workflows.revision({ revision: hash })))
    expect(sources.map(({ manifest }) => manifest.version)).toEqual([2, 1])
    expect(sources.map(({ source }) => source.includes('done anew'))).toEqual([true, false])
    expect(sources.map(({ source, cut }) => source.includes('sourceMappingURL') || cut)).toEqual([false, false])
    await expect(client.api.workflows.revisions({ workflow: name('other') })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('how their runs fare, and what went wrong last', async () => {
    const { client } = await hostOf(await workspaceOf(workflows))
    const good = await run(client, {})
    const bad = await run(client, { dies: true })
    await ask(client, 'patient')
    const { workflows: health } = await client.api.workflows.health({})
    expect(health).toMatchObject([
      { workflow: 'patient', runs: 1, completed: 0, failed: 0, p50: null, p95: null, lastFailure: null },
      {
        workflow: 'trying',
        runs: 2,
        completed: 1,
        failed: 1,
        cancelled: 0,
        lastRunAt: bad.record.createdAt,
        lastFailure: { run: bad.record.id, at: bad.record.endedAt, failure: { class: 'permanent' } },
      },
    ])
    const took = (good.record.endedAt ?? 0) - good.record.createdAt
    expect(Math.abs((health[1]?.p50 ?? 0) - took)).toBeLessThanOrEqual(took / 20)
    expect((await client.api.workflows.health({ from: Date.now() + 60_000 })).workflows).toMatchObject([{ runs: 0 }, { runs: 0 }])
  })
})
