import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { bundledEntry } from '../bundled-program.ts'
import { compiledOnce } from '../compiled-once.ts'

function typed(...args: string[]) {
  return spawn(process.execPath, [bundledEntry('cli'), ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: compiledOnce })
}

test('whoever has read enough of what the command line says may stop reading', async () => {
  const child = typed('--help')
  child.stdout.destroy()
  const [[code], said] = await Promise.all([once(child, 'exit'), text(child.stderr)])
  expect([code, said]).toEqual([0, ''])
})

test('a command ends as it would where nobody reads why', async () => {
  const child = typed('nonsense')
  child.stderr.destroy()
  expect(await once(child, 'exit')).toEqual([2, null])
})

test('an interrupt ends a command that has nothing to end in good order', async () => {
  const child = typed('run', 'greeting', '--input', '-')
  const exit = once(child, 'exit')
  // Once so much has been taken from it, the command reads.
  await new Promise((resolve) => child.stdin.write(' '.repeat(4_000_000), resolve))
  child.kill('SIGINT')
  expect(await exit).toEqual([null, 'SIGINT'])
})
