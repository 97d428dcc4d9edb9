/** A host that meets a full disk as it starts: it serves and says so, what it found goes on once there is room, and it can be stopped meanwhile. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectSocket } from '../../src/client/socket.ts'
import { readHostFile } from '../../src/host/workspace/host-file.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { bundledEntry } from '../bundled-program.ts'
import { compiledOnce } from '../compiled-once.ts'
import { asked, ended, entryOf } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const asking = `import { workflow, z } from 'cairn'
export default workflow('asking', { version: 1, input: z.object({}) }).approval('ok', { actions: { primary: 'approve' } })
`

const workflow = WorkflowName.parse('asking')
/** So many that more is written of them as they are taken up than of the start itself. */
const many = 24
/** Of one page in a WAL, in bytes. */
const frame = 4_120
/** SQLite's own index of a WAL, in bytes: where that finds no room, nothing can be read either. */
const walIndex = 32_768

/** A workspace with unfinished runs, and how far a file may grow for a start to be journaled and no more. */
async function fullWorkspace(): Promise<{ workspace: string; runs: readonly RunId[]; bytes: number }> {
  const workspace = await workspaceOf({ 'workflows/asking.ts': asking })
  const { host, client } = await hostOf(workspace)
  const started = await Promise.all(Array.from({ length: many }, () => client.api.runs.start({ workflow, input: {} })))
  const runs = started.map(({ id }) => id)
  await Promise.all(runs.map((run) => asked(client, run)))
  await host.close()
  const acting = await hostOf(workspace, { role: 'act' })
  const { size } = statSync(`${storePaths(workspace).store}-wal`)
  await acting.host.close()
  return { workspace, runs, bytes: Math.max(size + 2 * frame, walIndex) }
}

function serving(workspace: string, bytes: number) {
  const args = [`--fsize=${bytes}:unlimited`, process.execPath, bundledEntry('headless'), '--workspace', workspace, '--port', '0']
  const host = spawn('prlimit', args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...compiledOnce, CAIRN_SETTINGS: process.env['CAIRN_SETTINGS'] } })
  onTestFinished(() => void host.kill('SIGKILL'))
  const said: string[] = []
  host.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]()
  return {
    /** Resolves with the next line that is like this. */
    async line(like: RegExp): Promise<string> {
      for (let { value, done } = await lines.next(); done !== true; { value, done } = await lines.next()) {
        said.push(String(value))
        if (like.test(String(value))) return String(value)
      }
      return expect.fail(`it ended and did not say ${like}:\n${said.join('\n')}`)
    },
    makeRoom: () => execFileSync('prlimit', ['--pid', String(host.pid), '--fsize=unlimited:unlimited']),
    async stop(): Promise<{ code: unknown; said: string }> {
      const exit = once(host, 'exit')
      host.kill('SIGTERM')
      const [code] = await exit
      return { code, said: said.join('\n') }
    },
  }
}

// Only Linux sets limits of a process that runs.
describe.runIf(process.platform === 'linux')('a host whose disk is full as it takes up what it finds', () => {
  test('serves and says so, and takes all of it up once there is room', async () => {
    const { workspace, runs, bytes } = await fullWorkspace()
    const host = serving(workspace, bytes)
    expect(await host.line(/STORE/)).toMatch(/store\.db cannot be used: (?:its disk is full|the disk fails).*; nothing that was stored is lost/)
    await host.line(/is running/)
    const left = await host.line(/does not go on|do not go on/)
    expect(left).toMatch(/taken up once the store/)

    const file = readHostFile(layoutOf(workspace).hostFile) ?? expect.fail('it does not say where it is')
    const client = connectSocket(file.socket)
    onTestFinished(() => client.close())
    const { items } = await client.api.attention.list({})
    expect(items).toContainEqual(expect.objectContaining({ kind: 'alarm', failure: expect.objectContaining({ name: 'StoreCannotBeWritten' }) }))
    const [first = expect.fail('there are runs'), last = first] = [runs[0], runs.at(-1)]
    expect((await client.api.host.info()).alarm).toMatchObject({ name: 'StoreCannotBeWritten' })
    expect((await client.api.runs.get({ run: first })).record.status).toBe('waiting')
    await expect(client.api.runs.cancel({ run: last, reason: null })).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/its disk is full|the disk fails/) })

    host.makeRoom()
    await host.line(/STORE +can be written again/)
    expect((await client.api.host.info()).alarm).toBeNull()
    for (const run of runs) await entryOf(client, run, ({ events }) => events.some(({ type }) => type === 'run_recovered'))
    const decision = await asked(client, first)
    await client.api.decisions.decide({ run: first, decision: decision.decision.id, seen: decision.runVersion, action: 'approve', note: null })
    expect((await ended(client, first)).record.status).toBe('completed')
    expect(await host.stop(), 'the fault is said once').toMatchObject({ code: 0, said: expect.not.stringContaining('ALARM') })
  })

  test('ends at the first word', async () => {
    const { workspace, bytes } = await fullWorkspace()
    const host = serving(workspace, bytes)
    await host.line(/STORE/)
    const { code, said } = await host.stop()
    expect(code, said).toBe(0)
    expect(said).not.toMatch(/^ +at /m)
  })
})
