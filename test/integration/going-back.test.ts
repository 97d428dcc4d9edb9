/** Going back over the contract, on a real host. */
import { describe, expect, test } from 'vitest'
import { applyChange } from '../../src/client/apply-change.ts'
import type { Client } from '../../src/client/client.ts'
import { connectSocket } from '../../src/client/socket.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import type { RunDetail } from '../../src/model/views.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const rounds = Math.max(10, Math.round(100 * Number(process.env['CAIRN_SCALE'] ?? 0.1)))
const letter = WorkflowName.parse('letter')
const files = {
  'workflows/letter.ts': `
    import { PermanentError, workflow, z } from 'cairn'
    export default workflow('letter', { version: 1, input: z.object({ fails: z.boolean().default(false) }) })
      .step('draft', () => ({ body: 'Dear reader' }))
      .approval('approve', { needs: ['draft'], actions: { primary: 'approve', secondary: ['reject'] } })
      .step('file', { needs: ['approve'] }, ({ input }) => {
        if (input.fails) throw new PermanentError('the cabinet is locked')
        return 'filed'
      })
  `,
}

async function started(input = {}) {
  const workspace = await workspaceOf(files)
  const { host, client } = await hostOf(workspace)
  const { id: run } = await client.api.runs.start({ workflow: letter, input })
  return { workspace, host, client, run }
}

describe('a run is sent back', () => {
  test('to where its question is asked anew, told beforehand, and its branches are told of', async () => {
    const { client, run } = await started()
    const { api } = client
    const { decision } = await asked(client, run)
    const { head } = await api.runs.checkpoint({ run, note: 'before the answer' })
    const told = await api.runs.preview({ run, checkpoint: 0 })
    expect(told).toMatchObject({
      leaves: 0,
      branch: 1,
      reused: [],
      runs: [{ step: 'draft', certain: true }, { step: 'approve', certain: true }, { step: 'file', certain: false }],
      outside: [],
      withdraws: { decisions: [{ id: decision.id }] },
    })
    expect(await api.runs.restore({ run, checkpoint: 0, seen: told.version, reason: 'a better draft' })).toMatchObject({ branch: 1, generation: 1 })
    await api.runs.nameBranch({ run, branch: 0, name: 'as it was' })
    const again = await asked(client, run)
    expect(again.decision).toMatchObject({ branch: 1, step: 'approve' })
    expect(await api.runs.branches({ run })).toMatchObject({
      branches: [
        { number: 0, name: 'as it was', from: null, head, status: 'waiting', waiting: 'decision', isPresent: false },
        { number: 1, name: null, parent: 0, from: 0, why: 'a better draft', by: { kind: 'person' }, status: 'waiting', isPresent: true },
      ],
    })
    const { checkpoints } = await api.runs.checkpoints({ run })
    expect(checkpoints.find(({ number }) => number === head)).toMatchObject({ type: 'manual', note: 'before the answer', branch: 0 })
  })

  test('after it failed: it leaves what needs attention, and comes back where it fails anew', async () => {
    const { client, run } = await started({ fails: true })
    const { api } = client
    const failures = async () => (await api.attention.list({})).items.filter(({ kind }) => kind === 'failures')
    const fail = async (): Promise<void> => {
      const { decision } = await asked(client, run)
      const { position } = await api.runs.get({ run })
      await api.decisions.decide({ run, decision: decision.id, action: 'approve' })
      for await (const item of client.watchRun(run, { after: position })) {
        if (item.type === 'entry' && item.entry.events.some((event) => event.type === 'run_moved' && event.to === 'failed')) return
      }
    }
    await fail()
    expect(await failures()).toMatchObject([{ runs: [run], step: 'file' }])
    await api.runs.restore({ run, checkpoint: 1 })
    await asked(client, run)
    expect(await failures()).toEqual([])
    expect(await api.attention.list({})).toMatchObject({ items: [{ kind: 'decision', view: { run, decision: { branch: 1 } } }] })
    await fail()
    expect(await failures()).toMatchObject([{ runs: [run], count: 1 }])
  })

  test('what does not fit is refused with a way out', async () => {
    const { client, run } = await started()
    const { api } = client
    const { decision } = await asked(client, run)
    await expect(api.runs.nameBranch({ run, branch: 7, name: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(api.runs.nameBranch({ run, branch: 0, name: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await api.decisions.decide({ run, decision: decision.id, action: 'approve' })
    await ended(client, run)
    const { record } = await api.runs.get({ run })
    await expect(api.runs.checkpoint({ run })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { failures: [{ path: 'run', wayOut: expect.stringContaining(`checkpoint ${record.head}`) }] },
    })
  })
})

/** The name that a branch gets once nothing more is done. */
const lastWord = 'over'

/** What a screen shows that followed it all. */
async function follow(client: Client, run: RunId): Promise<RunDetail> {
  let shown: RunDetail | undefined
  for await (const item of client.followRun(run)) {
    if (item.type === 'whole') shown = item.detail
    if (item.type !== 'changed' || shown === undefined) continue
    shown = applyChange(shown, item)
    if (item.entry.events.some((event) => event.type === 'branch_named' && event.name === lastWord)) return shown
  }
  throw new Error(`the stream of run ${run} ended`)
}

/** In each round two act on the same question at once, each on what both saw. */
type Act = 'restore' | 'decide'
const pairs: readonly (readonly [Act, Act])[] = [['restore', 'restore'], ['restore', 'decide'], ['decide', 'restore'], ['decide', 'decide']]

test(`of two who act on one run at once, ${rounds} times over, one wins and the other is told`, async () => {
  const { workspace, host, client, run } = await started()
  const other = connectSocket(host.socket)
  const wins: Act[] = []
  const following = follow(client, run)
  for (let round = 0; round < rounds; round += 1) {
    const pair = pairs[round % pairs.length] ?? expect.fail()
    if ((await client.api.runs.get({ run })).record.endedAt !== null) {
      await client.api.runs.restore({ run, checkpoint: 1 })
      wins.push('restore')
    }
    const { decision, runVersion: seen } = await asked(client, run)
    const act = (by: Client, what: Act) =>
      what === 'restore'
        ? by.api.runs.restore({ run, checkpoint: 1, seen })
        : by.api.decisions.decide({ run, decision: decision.id, action: 'approve', seen })
    const both = await Promise.allSettled([act(client, pair[0]), act(other, pair[1])])
    const won = both.findIndex(({ status }) => status === 'fulfilled')
    expect(both.filter(({ status }) => status === 'fulfilled'), pair.join(' and ')).toHaveLength(1)
    expect(both[1 - won]).toMatchObject({ reason: { code: 'CONFLICT', data: { version: expect.toSatisfy((version: number) => version > seen) } } })
    const win = pair[won] ?? expect.fail()
    if (win === 'decide') await ended(client, run)
    wins.push(win)
  }
  other.close()

  if (wins.at(-1) === 'restore') await asked(client, run)
  await client.api.runs.nameBranch({ run, branch: 0, name: lastWord })
  const [detail, { branches }] = await Promise.all([client.api.runs.get({ run }), client.api.runs.branches({ run })])
  const restores = wins.filter((win) => win === 'restore').length
  expect(detail.record).toMatchObject({ branch: restores, generation: restores })
  expect(branches).toHaveLength(restores + 1)
  expect(detail.decisions.filter(({ status }) => status === 'approved')).toHaveLength(wins.length - restores)
  expect(detail.decisions.filter(({ status, branch }) => status === 'pending' && branch !== restores)).toEqual([])
  expect({ ...(await following), position: detail.position }).toEqual(detail)

  client.close()
  await host.close()
  const reads = openReads(workspace)
  expect(reads.verify()).toMatchObject({ findings: [] })
  reads.close()
}, 120_000 * Math.max(1, rounds / 20))
