/** The two programs that a newcomer types, as they are typed: from the bundles, on the project's own Node. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { root } from '../house/checkout.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-commands-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Command {
  /** Resolves with the first line of its output that has the word. */
  line(word: string): Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly progress: string }>
  kill(signal: NodeJS.Signals): void
}

function command(script: string, ...args: string[]): Command {
  // As from a terminal, not as from the npm that runs these tests.
  const { npm_lifecycle_event: _, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], {
    cwd: folder,
    env: { ...env, CAIRN_SETTINGS: join(folder, 'settings') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill())
  let output = ''
  let progress = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (progress += text))
  const waiting = new Map<string, (line: string) => void>()
  createInterface(child.stdout).on('line', (line) => {
    output += `${line}\n`
    for (const [word, found] of waiting) if (line.includes(word)) found(line)
  })
  const ended = new Promise<{ code: number | null; output: string; progress: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output, progress }))
  })
  const line = (word: string) =>
    new Promise<string>((resolve, reject) => {
      const already = output.split('\n').find((text) => text.includes(word))
      if (already !== undefined) resolve(already)
      else waiting.set(word, resolve)
      void ended.then(() => reject(new Error(`it ended without saying ${word}:\n${progress}\n${output}`)))
    })
  return { line, ended, kill: (signal) => child.kill(signal) }
}

test.each(['SIGINT', 'SIGTERM'] as const)('start makes a workspace, says where it is, and ends in good order at %s', async (signal) => {
  const start = command('start.mjs', '--workspace', 'space', '--port', '0', '--headless')
  const url = /http:\S+\/api\/v1/.exec(await start.line('/api/v1'))?.[0]
  expect(await start.line('npx cairn run')).toContain('--input')

  const document = await fetch(`${url}/openapi.json`)
  expect(document.status).toBe(200)
  const runs = await command('cairn.mjs', 'runs', '--workspace', 'space').ended
  expect(runs).toMatchObject({ code: 0, progress: expect.stringContaining('no runs') })

  start.kill(signal)
  const { code, progress } = await start.ended
  expect(code).toBe(0)
  expect(progress).not.toContain('Installing')
})

test('what was built is not built again', async () => {
  await command('cairn.mjs', '--version').ended
  expect(await command('cairn.mjs', '--version').ended).toEqual({ code: 0, output: '0.1.0\n', progress: '' })
})

test('the exit code of the command is ours', async () => {
  expect(await command('cairn.mjs', 'no-such-command').ended).toMatchObject({ code: 2 })
})
