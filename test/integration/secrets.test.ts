/** Nothing that a schema marks as sensitive leaves a host, by any way that there is; the store keeps it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Outputs } from '../../src/contract/index.ts'
import type { Client } from '../../src/client/client.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { Json } from '../../src/model/json.ts'
import { hiddenText } from '../../src/model/sensitive/hidden.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import { asked, ended } from './moments.ts'
import { found, secrets, vault, vaultContext, vaultInput } from './vault.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const workflow = WorkflowName.parse('vault')

const record = (value: unknown) => z.record(z.string(), Json).parse(value)

/** What a stream has told so far. */
async function listen(items: Promise<AsyncIterable<unknown>>, into: unknown[]): Promise<void> {
  for await (const item of await items) into.push(item)
}

test('what is marked as sensitive stays in the store', { timeout: 240_000 }, async () => {
  const config = 'retention: { max_runs: 0 }\n'
  const workspace = await workspaceOf({ 'cairn.config.yaml': config, 'workflows/vault.ts': vault, 'input.json': JSON.stringify(vaultInput), 'context.json': JSON.stringify(vaultContext) })
  const { host, client } = await hostOf(workspace, { port: 0 })
  const { api } = client
  const told: unknown[] = []
  const end = new AbortController()
  const { signal } = end
  const streams = [api.journal.watch({ after: 0 }, { signal }), api.news.watch({}, { signal }), api.mail.watch({}, { signal })]

  const { id: run } = await api.runs.start({ workflow, input: vaultInput, context: vaultContext })
  const listening = [...streams, api.runs.watch({ run, after: 0, recent: true }, { signal }), api.runs.follow({ run }, { signal })].map((items) =>
    listen(items, told).catch(() => undefined),
  )

  const question = await asked(client, run)
  expect(question).toMatchObject({ editable: { kind: 'card', holder: 'Ana', number: { $hidden: 'sensitive', at: '/way/number' } } })
  expect(question.shown).toMatchObject({ to: { iban: hiddenText }, words: `pay with ${hiddenText}` })
  const { decision } = question
  const refused = api.decisions.decide({ run, decision: decision.id, action: 'approve', edit: { kind: 'card', holder: record(question.editable)['number'] ?? null, number: '1' } })
  await expect(refused).rejects.toMatchObject({ code: 'REFUSED', data: { failures: [{ path: 'edit.holder', name: 'HiddenMark' }] } })
  const edit = { ...record(question.editable), holder: 'Bea' }
  const consequences = await api.decisions.consequences({ run, decision: decision.id, edit })
  await api.decisions.decide({ run, decision: decision.id, action: 'approve', edit, note: `seen ${secrets.iban}` })
  await ended(client, run)

  const past = await api.runs.state({ run })
  expect(past.input).toMatchObject({ customer: 'Ana Open', account: { iban: { $hidden: 'sensitive' } } })
  const again = { run, checkpoint: 1, edits: { input: { ...record(past.input), customer: 'Cleo' } } }
  const preview = await api.runs.previewReplay(again)
  expect(preview.edits).toMatchObject([{ before: { customer: 'Ana Open' }, after: { customer: 'Cleo' } }])
  const { id: replay } = await api.runs.replay(again)
  await asked(client, replay)

  told.push(question, consequences, past, preview, await everything(client, run, replay))
  told.push(await overHttp(host.url ?? '', readFileSync(host.tokenFile, 'utf8').trim(), run))
  told.push(await typed(workspace, run, (await api.mail.list({})).mail[0]?.id ?? ''))
  end.abort()
  await Promise.all(listening)
  const outside = JSON.stringify(told)
  expect(outside.length).toBeGreaterThan(100_000)
  expect(found(outside)).toEqual([])
  for (const name of readdirSync(join(workspace, '.cairn', 'logs'))) expect(found(readFileSync(join(workspace, '.cairn', 'logs', name), 'utf8'))).toEqual([])

  // A search finds none of them, and what stands beside them all the same.
  for (const secret of Object.values(secrets)) {
    for (const query of [JSON.stringify(secret), JSON.stringify(secret.slice(0, 10))]) expect((await api.runs.search({ query })).runs, secret).toEqual([])
  }

  expect((await api.runs.search({ query: '"ana open"' })).runs.map(({ id }) => id)).toContain(run)

  // The store keeps them: a mark that was left is what it stood for, in the run and in its replay.
  const reads = openReads(workspace)
  const kept = reads.state(run, null)
  expect(kept?.input).toEqual(vaultInput)
  expect(record(kept?.outputs)['draft']).toMatchObject([{ output: { token: secrets.token, way: { kind: 'card', holder: 'Bea', number: secrets.card } } }])
  expect(reads.state(replay, null)?.input).toEqual({ ...record(vaultInput), customer: 'Cleo' })
  expect(reads.signals(run, 100).find(({ type }) => type === 'heartbeat')).toMatchObject({ value: { iban: secrets.iban } })
  expect(found(JSON.stringify([reads.run(run), reads.journal(0, 1_000, null)]))).toEqual(['iban'])
  reads.close()
})

/** Asks for all there is to ask: a procedure that is new does not compile before it stands here. */
async function everything({ api }: Client, run: RunId, waiting: RunId): Promise<unknown> {
  const from = { run, checkpoint: 1 }
  const { record: now, steps, decisions } = await api.runs.get({ run })
  const addresses = [now.input, now.context, ...steps.map(({ output }) => output), ...decisions.flatMap(({ shown, edit, edits }) => [shown, edit, edits?.of])]
  const { mail } = await api.mail.list({})
  const [letter] = mail
  if (letter === undefined) throw new Error('no mail was caught')
  const procedures: { readonly [N in keyof Outputs]: { readonly [P in keyof Outputs[N]]: null | (() => Promise<unknown>) } } = {
    runs: {
      start: () => api.runs.start({ workflow, input: vaultInput, context: vaultContext }),
      list: () => api.runs.list({}),
      search: () => api.runs.search({}),
      counts: () => api.runs.counts({}),
      get: () => api.runs.get({ run }),
      state: () => Promise.all([0, 1, 2, 3].map((checkpoint) => api.runs.state({ run, checkpoint }))),
      checkpoints: () => api.runs.checkpoints({ run }),
      branches: () => api.runs.branches({ run }),
      journal: () => api.runs.journal({ run, limit: 1_000 }),
      signals: () => api.runs.signals({ run, limit: 1_000 }),
      value: () => Promise.all(addresses.flatMap((address) => (address ? [api.runs.value({ run, address }), api.runs.value({ run, address, upTo: 10 })] : []))),
      pause: async () => api.runs.pause({ run: (await api.runs.start({ workflow, input: vaultInput, context: vaultContext })).id }),
      resume: null,
      cancel: null,
      preview: () => api.runs.preview({ ...from, definition: 'present' }),
      restore: null,
      previewRollback: () => api.runs.previewRollback({ run: waiting, savepoint: 'before-approve' }),
      rollback: null,
      previewRecovery: null,
      recover: null,
      checkpoint: () => api.runs.checkpoint({ run: waiting, note: `noted ${secrets.pin}` }),
      nameBranch: () => api.runs.nameBranch({ run, branch: 0, name: secrets.iban }),
      keep: () => api.runs.keep({ run, keep: true, reason: `for ${secrets.iban}` }),
      resetRecoveries: () => api.runs.resetRecoveries({ run: waiting, reason: `for ${secrets.iban}` }),
      previewReplay: () => api.runs.previewReplay({ ...from, edits: { input: vaultInput } }),
      replay: () => api.runs.replay(from),
      each: () => all(api.runs.each({ action: 'pause', on: { runs: [{ run: waiting }] } })),
      watch: null,
      follow: null,
    },
    decisions: {
      list: async () => [await api.decisions.list({}), await api.decisions.list({ run })],
      get: () => Promise.all(decisions.map(({ id }) => api.decisions.get({ run, decision: id }))),
      decide: null,
      consequences: null,
    },
    deadLetters: { list: () => api.deadLetters.list({}), drain: () => all(api.deadLetters.drain({ on: { all: true } })), discard: null },
    errorRecords: {
      groups: () => api.errorRecords.groups({ since: 0 }),
      ofGroup: async () => {
        const { groups } = await api.errorRecords.groups({ since: 0 })
        return Promise.all(groups.map(({ fingerprint }) => api.errorRecords.ofGroup({ fingerprint, since: 0 })))
      },
      figures: () => api.errorRecords.figures({}),
      ofRun: () => api.errorRecords.ofRun({ run }),
    },
    workflows: {
      list: () => api.workflows.list(),
      get: () => api.workflows.get({ workflow }),
      check: () => api.workflows.check({ workflow, input: { account: { iban: 5, pins: [] } } }),
      revisions: () => api.workflows.revisions({ workflow }),
      revision: async () => api.workflows.revision({ revision: (await api.runs.get({ run })).record.revision }),
      health: () => api.workflows.health({ from: 0 }),
    },
    metrics: { get: () => api.metrics.get({}), now: () => api.metrics.now() },
    attention: { list: () => api.attention.list({ since: 0 }) },
    integrity: { get: () => api.integrity.get(), verify: () => all(api.integrity.verify()) },
    journal: { list: () => api.journal.list({ limit: 1_000 }), watch: null },
    news: { watch: null },
    mail: { list: () => api.mail.list({ run }), get: () => api.mail.get({ id: letter.id }), watch: null },
    host: { info: () => api.host.info(), health: () => api.host.health() },
    breakers: { list: () => api.breakers.list(), reset: null },
    throttles: { list: () => api.throttles.list(), reset: null },
    backups: { make: () => all(api.backups.make()), list: () => api.backups.list() },
    policy: { get: () => api.policy.get() },
    resources: { list: () => api.resources.list() },
    retention: { plan: () => api.retention.plan(), apply: () => all(api.retention.apply({})) },
    storage: { get: () => api.storage.get() },
  }
  const answers: unknown[] = []
  for (const noun of Object.values(procedures)) for (const call of Object.values(noun)) if (call !== null) answers.push(await call())
  // What was written just now is read like the rest.
  answers.push(await api.runs.branches({ run }), await api.runs.checkpoints({ run: waiting }), await api.journal.list({ limit: 1_000 }))
  return answers
}

async function all(items: Promise<AsyncIterable<unknown>>): Promise<unknown[]> {
  const told: unknown[] = []
  await listen(items, told)
  return told
}

async function overHttp(url: string, token: string, run: string): Promise<string[]> {
  const paths = ['/runs', `/runs/${run}`, `/runs/${run}/state`, `/runs/${run}/journal?limit=1000`, `/runs/${run}/signals`, '/decisions', '/errors?since=0', `/runs/${run}/errors`, '/attention', '/mail', '/journal?limit=1000']
  return Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
      expect(answer.status, path).toBe(200)
      return answer.text()
    }),
  )
}

/** Every command of the command line that shows something. */
async function typed(workspace: string, run: string, mail: string): Promise<string[]> {
  const commands = [
    ['run', 'vault', '-i', join(workspace, 'input.json'), '--context', join(workspace, 'context.json')],
    ...[['runs'], ['show', run], ['checkpoints', run], ['branches', run], ['state', run], ['state', run, '1'], ['diff', run, '1', '3']],
    ...[['preview', run, '1'], ['replay', run, '1', '--preview'], ['replay', run, '1'], ['mail'], ['mail', mail], ['mail', mail, '--source'], ['name-branch', run, '0', 'b'], ['verify'], ['retention'], ['checkpoint', run, '--note', 'x']],
  ]
  const said: string[] = []
  for (const command of commands) {
    for (const form of [[], ['--json']]) {
      const { out, err } = await cairn([...command, ...form, '-w', workspace])
      said.push(out, err)
    }
  }
  return said
}
