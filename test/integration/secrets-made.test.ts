/** What a step makes itself, and marks, leaves the host as little as what it was given, and whether it is taken or refused. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { json, receiver } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { hiddenText } from '../../src/model/sensitive/hidden.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import { ended } from './moments.ts'
import { found, mint, secrets } from './vault.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

test('what a step makes and marks stays in the store', { timeout: 240_000 }, async () => {
  await using server = await receiver((asked, answer, turn) => {
    const body = asked.path.startsWith('/fits') ? { token: secrets.fetched } : { token: secrets.misfit }
    return json(body)(asked, answer, turn)
  })
  const input = { url: server.url, pin: secrets.pin }
  const workspace = await workspaceOf({ 'workflows/mint.ts': mint, 'input.json': JSON.stringify(input) })
  const { host, client } = await hostOf(workspace, { port: 0 })
  const { api } = client
  const told: unknown[] = []
  const end = new AbortController()
  const { signal } = end
  const listen = async (items: Promise<AsyncIterable<unknown>>): Promise<void> => {
    for await (const item of await items) told.push(item)
  }

  const { id: run } = await api.runs.start({ workflow: WorkflowName.parse('mint'), input })
  const streams = [api.journal.watch({ after: 0 }, { signal }), api.news.watch({}, { signal }), api.runs.watch({ run, after: 0, recent: true }, { signal }), api.runs.follow({ run }, { signal })]
  const listening = streams.map((items) => listen(items).catch(() => undefined))
  await ended(client, run)

  const said = async () => (await api.runs.signals({ run, limit: 1_000 })).signals
  await expect.poll(async () => (await said()).map(({ step }) => step)).toContain('refused')
  const signals = await said()
  const logged = signals.flatMap((each) => (each.type === 'log' ? [each] : []))
  expect(logged.filter(({ step }) => step === 'issue')).toMatchObject([{ message: `got ${hiddenText}`, data: { token: hiddenText } }, { message: `Bearer ${hiddenText}` }])
  expect(logged.filter(({ step }) => step === 'refused')).toMatchObject([{ message: `made ${hiddenText}` }])
  expect(logged.filter(({ exchange }) => exchange === 'answer')).toMatchObject([
    { data: { body: { text: JSON.stringify({ token: hiddenText }) } } },
    { data: { body: { text: expect.stringContaining('left out') } } },
  ])
  const detail = await api.runs.get({ run })
  expect(detail.errors).toContainEqual(expect.objectContaining({ failure: expect.objectContaining({ message: `output.token: token ${hiddenText} is bad` }) }))

  const checkpoints = Array.from({ length: detail.record.head + 1 }, (_, checkpoint) => checkpoint)
  told.push(signals, detail, await api.errorRecords.groups({ since: 0 }), await api.errorRecords.ofRun({ run }), await api.attention.list({ since: 0 }), await api.storage.get())
  told.push(await Promise.all(checkpoints.map((checkpoint) => api.runs.state({ run, checkpoint }))))
  const token = readFileSync(host.tokenFile, 'utf8').trim()
  for (const path of [`/runs/${run}/signals`, `/runs/${run}/errors`, '/storage', '/journal?limit=1000']) {
    const answer = await fetch(`${host.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status, path).toBe(200)
    told.push(await answer.text())
  }
  for (const command of [['run', 'mint', '-i', join(workspace, 'input.json')], ['show', run], ['errors'], ['errors', run], ['state', run], ['diff', run, '0', String(detail.record.head)], ['storage']]) {
    for (const form of [[], ['--json']]) {
      const { out, err } = await cairn([...command, ...form, '-w', workspace])
      told.push(out, err)
    }
  }
  end.abort()
  await Promise.all(listening)
  expect(found(JSON.stringify(told))).toEqual([])
  for (const name of readdirSync(join(workspace, '.cairn', 'logs'))) expect(found(readFileSync(join(workspace, '.cairn', 'logs', name), 'utf8'))).toEqual([])
  for (const secret of Object.values(secrets)) expect((await api.runs.search({ query: JSON.stringify(secret.slice(0, 12)) })).runs, secret).toEqual([])

  // The store keeps them, and the receiver was told what it was to be told.
  const reads = openReads(workspace)
  const outputs = reads.state(run, null)?.outputs
  reads.close()
  expect(outputs).toMatchObject({
    issue: [{ output: { token: secrets.issued } }],
    accounts: [{ output: { [secrets.account]: 69 } }],
    fetch: [{ output: { body: { token: secrets.fetched } } }],
  })
  expect(server.asked[0]).toMatchObject({ path: `/fits?of=${secrets.issued}`, headers: { 'x-of': secrets.issued }, body: JSON.stringify({ pin: secrets.pin, of: [secrets.account] }) })
})
