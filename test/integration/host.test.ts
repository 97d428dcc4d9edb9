import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startMailCatcher } from '../../src/effects/mail-catcher/mail-catcher.ts'
import { systemClock } from '../../src/effects/clock.ts'
import { systemRandomness } from '../../src/effects/randomness.ts'
import { greeting as greetingOf } from '../../src/host/greeting.ts'
import { startHost } from '../../src/host/start.ts'
import { readHostFile } from '../../src/host/workspace/host-file.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from './moments.ts'
import { cairn, hostOf, scratchFolder, starterWorkspace, workspaceOf } from './workspaces.ts'

const greeting = WorkflowName.parse('greeting')
const ada = { name: 'Ada', address: 'ada@example.com' }
const nobody = { port: null, role: 'serve', trusts: () => Promise.resolve(false) } as const
const mode = (path: string): number => statSync(path).mode & 0o777

describe('a host that does not start says why, and leaves the workspace to the next one', () => {
  test('another process, or this one, owns it', async () => {
    const workspace = await starterWorkspace()
    const { host } = await hostOf(workspace)
    const refused = startHost({ ...nobody, workspace })
    await expect(refused).rejects.toMatchObject({
      trouble: 'owned',
      message: expect.stringContaining(`process ${process.pid} `),
    })
    await host.close()
    await hostOf(workspace)
  })

  test('the folder is no workspace', async () => {
    const workspace = scratchFolder()
    await expect(startHost({ ...nobody, workspace })).rejects.toMatchObject({ trouble: 'workspace' })
    expect(readdirSync(workspace)).toEqual([])
  })

  test('nobody trusts the folder; who says so is asked once, and the journal tells', async () => {
    const workspace = scratchFolder()
    mkdirSync(join(workspace, 'workflows'))
    await expect(startHost({ ...nobody, workspace })).rejects.toMatchObject({
      trouble: 'untrusted',
      message: expect.stringContaining('--trust'),
    })
    expect(existsSync(join(workspace, '.cairn'))).toBe(false)

    const first = await hostOf(workspace, { trusts: () => Promise.resolve(true) })
    const { entries } = await first.client.api.journal.list({})
    expect(entries.map(({ events }) => events)).toContainEqual([{ type: 'folder_trusted', folder: workspace }])
    await first.host.close()
    await hostOf(workspace)
  })

  test('its settings are wrong: each line is named', async () => {
    const workspace = await starterWorkspace()
    writeFileSync(join(workspace, 'cairn.config.yaml'), 'store:\n  durability: most\ncolour: red\n')
    const refused = startHost({ ...nobody, workspace })
    await expect(refused).rejects.toMatchObject({
      trouble: 'config',
      message: expect.stringMatching(/line 2: store\.durability.*\n.*line 3: colour/),
    })
  })

  test('its store was written by a newer version, which is left as it is', async () => {
    const workspace = await starterWorkspace()
    const { host } = await hostOf(workspace)
    await host.close()
    const store = new Database(join(workspace, '.cairn', 'store.db'))
    store.pragma('user_version = 999')
    store.close()
    await expect(startHost({ ...nobody, workspace })).rejects.toMatchObject({
      trouble: 'newer',
      message: expect.stringContaining('999'),
    })
  })

  test('its port is taken', async () => {
    const workspace = await starterWorkspace()
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = z.object({ port: z.int() }).parse(taken.address())
    await expect(startHost({ ...nobody, workspace, port })).rejects.toMatchObject({
      trouble: 'port',
      message: expect.stringContaining(String(port)),
    })
    await hostOf(workspace, { port: 0 })
  })
})

describe('where a host listens', () => {
  test('what only its user may reach is closed to others, and gone when it stops', async () => {
    const workspace = await starterWorkspace()
    const layout = layoutOf(workspace)
    const { host } = await hostOf(workspace, { port: 0 })
    expect(mode(layout.private)).toBe(0o700)
    expect([host.socket, layout.token, layout.hostFile].map(mode)).toEqual([0o600, 0o600, 0o600])
    expect(readHostFile(layout.hostFile)).toMatchObject({
      pid: process.pid,
      url: host.url,
      socket: host.socket,
      tokenFile: layout.token,
    })

    const token = readFileSync(layout.token, 'utf8').trim()
    const info = await fetch(`${host.url}/api/v1/host`, { headers: { authorization: `Bearer ${token}` } })
    expect(await info.json()).toMatchObject({ workspace, pid: process.pid, mail: { to: 'catcher' } })
    await host.close()
    expect([existsSync(host.socket), existsSync(layout.hostFile)]).toEqual([false, false])
    await expect(fetch(`${host.url}/api/v1/host`)).rejects.toThrow('fetch failed')

    const again = await hostOf(workspace, { port: 0 })
    expect(readFileSync(again.host.tokenFile, 'utf8').trim()).toBe(token)
  })

  test('a path too long for a socket gets a private folder of its own', async () => {
    const workspace = join(scratchFolder(), 'long'.repeat(30))
    mkdirSync(join(workspace, 'workflows'), { recursive: true })
    const { host, client } = await hostOf(workspace, { trusts: () => Promise.resolve(true) })
    expect(host.socket.startsWith(workspace)).toBe(false)
    expect(readHostFile(layoutOf(workspace).hostFile)?.socket).toBe(host.socket)
    expect(mode(dirname(host.socket))).toBe(0o700)
    expect(await client.api.host.health()).toMatchObject({ status: 'ok' })
    await host.close()
    expect(existsSync(dirname(host.socket))).toBe(false)
  })

  test('what a killed host left behind is in nobody’s way', async () => {
    const workspace = await starterWorkspace()
    mkdirSync(join(workspace, '.cairn'), { recursive: true })
    writeFileSync(join(workspace, '.cairn', 'host.sock'), '')
    writeFileSync(join(workspace, '.cairn', 'host.json'), '{"pid":1}')
    const { client } = await hostOf(workspace)
    expect(await client.api.host.health()).toMatchObject({ status: 'ok' })
  })
})

describe('a host at work', () => {
  test('every entry and every signal of a run is a line of the log, with its correlation id', async () => {
    const workspace = await starterWorkspace()
    const { host, client } = await hostOf(workspace)
    const { id: run, correlation } = await client.api.runs.start({ workflow: greeting, input: ada, correlation: 'order-17' })
    const { decision } = await asked(client, run)
    await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
    await ended(client, run)
    const { entries } = await client.api.runs.journal({ run })
    await host.close()

    const Line = z.object({
      run: z.string().optional(),
      correlation: z.string().nullish(),
      position: z.int().optional(),
      msg: z.string(),
    })
    const [log = ''] = readdirSync(layoutOf(workspace).logs)
    const lines = readFileSync(join(layoutOf(workspace).logs, log), 'utf8')
      .trim()
      .split('\n')
    const ofRun = lines.map((line) => Line.parse(JSON.parse(line))).filter((line) => line.run === run)
    expect(correlation).toBe('order-17')
    expect(new Set(ofRun.map((line) => line.correlation))).toEqual(new Set(['order-17']))
    expect(ofRun.flatMap(({ position = [] }) => position)).toEqual(entries.map(({ position }) => position))
    expect(ofRun.map(({ msg }) => msg)).toContain('writing to Ada')
  })

  test('works on where its log cannot be opened, and says so to whoever started it', async () => {
    const workspace = await starterWorkspace()
    for (const day of [0, 86_400_000]) {
      const name = `host-${new Date(Date.now() + day).toISOString().slice(0, 10)}.log`
      mkdirSync(join(layoutOf(workspace).logs, name), { recursive: true })
    }
    const said = /no log:? +\S+\/host-\S+\.log cannot be written: EISDIR.*; see that this user may write it/
    expect(await cairn(['runs', '-w', workspace])).toMatchObject({ exitCode: 0, err: expect.stringMatching(said) })

    const { host, client } = await hostOf(workspace, { port: 0 })
    expect(greetingOf(host).join('\n')).toMatch(said)
    const { id: run } = await client.api.runs.start({ workflow: greeting, input: ada })
    const { decision } = await asked(client, run)
    await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
    await ended(client, run)
    await host.close()
  })

  test('bounds what its executors may do as the settings say', async () => {
    const spin = `import { workflow, z } from 'cairn'
      export default workflow('spin', { version: 1, input: z.object({}) })
        .step('spin', { retry: { attempts: 1 } }, () => {
          for (const until = performance.now() + 60_000; performance.now() < until; );
        })`
    const workspace = await workspaceOf({ 'workflows/spin.ts': spin, 'cairn.config.yaml': 'executors: { silence: 1s }\n' })
    const { client } = await hostOf(workspace)
    const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('spin'), input: {} })
    const { errors, attempts } = await ended(client, run)
    expect(errors[0]).toMatchObject({ step: 'spin', failure: { class: 'crash', name: 'ProcessSilent' } })
    // Where nothing is said, it would be ten seconds.
    expect((errors[0]?.openedAt ?? Infinity) - (attempts[0]?.startedAt ?? 0)).toBeLessThan(9_000)
  })

  test('of two who decide at once one wins, and the other is told what the run is now', async () => {
    const workspace = await starterWorkspace()
    const { client } = await hostOf(workspace)
    const { id: run } = await client.api.runs.start({ workflow: greeting, input: ada })
    const { decision, runVersion } = await asked(client, run)
    const decide = (action: string) => client.api.decisions.decide({ run, decision: decision.id, action, seen: runVersion })
    const both = await Promise.allSettled([decide('approve'), decide('reject')])
    const [refused, ...more] = both.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []))
    expect(more).toEqual([])
    expect(refused).toMatchObject({
      code: 'CONFLICT',
      defined: true,
      data: { version: expect.any(Number), status: expect.any(String) },
    })
    const { record } = await ended(client, run)
    expect(record.status).toBe(both[0]?.status === 'fulfilled' ? 'completed' : 'cancelled')
  })

  test('a stream goes on over a restart of the host, each entry once and in order', async () => {
    const workspace = await starterWorkspace()
    const first = await hostOf(workspace)
    const got: number[] = []
    let restarted: Promise<unknown> | undefined
    for await (const item of first.client.watchJournal({ after: 0 })) {
      if (item.type !== 'entry') continue
      got.push(item.entry.position)
      const types = item.entry.events.map(({ type }) => type)
      if (types.includes('workflow_loaded')) {
        if (restarted !== undefined) break
        restarted = first.host.close().then(() => hostOf(workspace))
      }
    }
    await restarted
    expect(got).toEqual(got.map((_, index) => index + 1))
    expect(got.length).toBeGreaterThan(5)
  })

  test('a real mail server is one setting away', async () => {
    const catcher = await startMailCatcher({
      folder: scratchFolder(),
      port: 0,
      clock: systemClock,
      randomness: systemRandomness(),
      troubled: () => {},
    })
    onTestFinished(() => catcher.close())
    const workflow = `
      import { workflow, z } from 'cairn'
      export default workflow('send', { version: 1, input: z.object({}) })
        .email('mail', {}, () => ({ to: 'ada@example.com', subject: 'Hello', text: 'Hello' }))
    `
    const settings = `smtp:\n  url: smtp://127.0.0.1:${catcher.port}\n  from: Team <team@example.com>\n`
    const workspace = await workspaceOf({ 'workflows/send.ts': workflow, 'cairn.config.yaml': settings })
    const { host, client } = await hostOf(workspace)
    expect(host.info().mail).toEqual({ to: 'server', smtp: `127.0.0.1:${catcher.port}` })
    const { id } = await client.api.runs.start({ workflow: WorkflowName.parse('send'), input: {} })
    expect((await ended(client, id)).record.status).toBe('completed')
    expect(catcher.list()).toMatchObject([{ from: 'team@example.com', to: ['ada@example.com'] }])
    expect((await client.api.mail.list({})).mail).toEqual([])
  })
})
