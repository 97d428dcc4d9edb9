/** A host whose process is there and does nothing: a command says so, and does not wait for it for ever. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bundledEntry } from '../bundled-program.ts'
import { compiledOnce } from '../compiled-once.ts'
import { cairn, starterWorkspace } from './workspaces.ts'

async function serving(workspace: string) {
  const env = { ...compiledOnce, CAIRN_SETTINGS: process.env['CAIRN_SETTINGS'] }
  const host = spawn(process.execPath, [bundledEntry('headless'), '--workspace', workspace, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'], env })
  onTestFinished(() => void host.kill('SIGKILL'))
  for await (const line of createInterface({ input: host.stdout })) if (line.includes('is running')) return host
  return expect.fail('it did not start')
}

// Windows has no signal that stops a process.
describe.skipIf(process.platform === 'win32')('a host that is stopped', () => {
  test('is named by each command with its process and the ways out, and answers again once it goes on', { timeout: 60_000 }, async () => {
    const workspace = await starterWorkspace()
    const host = await serving(workspace)
    expect(await cairn(['runs', '-w', workspace])).toMatchObject({ exitCode: 0 })
    host.kill('SIGSTOP')
    const said = `the host of ${workspace} (process ${host.pid}) has not answered for 5 s: wait and try again, or end that process`
    const commands = [['runs'], ['checkpoint', '01ARZ3NDEKTSV4RRFFQ69G5FAV'], ['run', 'greeting', '-i', join(workspace, 'inputs', 'greeting.json')], ['verify']]
    const answers = await Promise.all(commands.map((command) => cairn([...command, '-w', workspace])))
    for (const answer of answers) expect(answer).toMatchObject({ exitCode: 6, out: '', err: expect.stringContaining(said) })
    host.kill('SIGCONT')
    expect(await cairn(['runs', '-w', workspace])).toMatchObject({ exitCode: 0 })
  })
})
