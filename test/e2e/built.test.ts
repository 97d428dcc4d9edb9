/** What `npm start` starts: the programs as they are bundled, in processes of their own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { connectSocket } from '../../src/client/socket.ts'
import { programFolder } from '../../src/host/program.ts'
import { readHostFile } from '../../src/host/workspace/host-file.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from '../integration/moments.ts'
import { starterWorkspace } from '../integration/workspaces.ts'
import { desk, openPage, withBrowser } from './console.ts'

withBrowser()

test('the bundled host starts, shows the console, runs a workflow, and stops in good order', async () => {
  const workspace = await starterWorkspace()
  const entry = join(programFolder, 'out', 'main', 'headless.js')
  const host = spawn(process.execPath, [entry, '--workspace', workspace, '--port', '0', '--trust', '--headless'])
  onTestFinished(() => void host.kill('SIGKILL'))
  const { page } = await openPage(desk)
  await page.goto(await addressOf(host.stdout))
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

  const running = readHostFile(layoutOf(workspace).hostFile)
  if (running === undefined) throw new Error('the host wrote nothing of itself')
  const client = connectSocket(running.socket)
  onTestFinished(() => client.close())
  const input = { name: 'Ada', address: 'ada@example.com' }
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('greeting'), input })
  await page.goto(new URL(`/runs/${run}?step=approve`, page.url()).href)
  await page.getByText('Needs a decision').first().waitFor()
  const { decision } = await asked(client, run)
  await client.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  await page.getByText('Completed').first().waitFor()
  expect((await ended(client, run)).record.status).toBe('completed')

  const exited = once(host, 'exit')
  await page.goto('about:blank')
  host.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line) ?? []
    if (address !== undefined) return address
  }
  throw new Error('the host said no address')
}
