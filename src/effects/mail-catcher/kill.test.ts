import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { expect, onTestFinished, test } from 'vitest'
import { bundledFolder } from '../../../test/bundled-folder.ts'
import { compiledOnce } from '../../../test/compiled-once.ts'
import { newFolder, startCatcher } from './catcher.fixture.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')
const rounds = Math.max(3, Math.round(30 * scale))
const senders = 8

const program = join(bundledFolder({ entries: { catcher: fileURLToPath(new URL('kill.main.fixture.ts', import.meta.url)) } }), 'catcher.mjs')

async function startProcess(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: compiledOnce })
  onTestFinished(() => void child.kill('SIGKILL'))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', () => reject(new Error('the catcher did not start')))
  })
  return { child, port }
}

test(`whatever was acknowledged is there after a kill, whole (${rounds} kills)`, async () => {
  const folder = await newFolder()
  const acknowledged: string[] = []

  for (let round = 0; round < rounds; round += 1) {
    const { child, port } = await startProcess(folder)
    const exited = once(child, 'exit')
    const killAfter = 1 + ((round * 7) % 20)
    let answered = 0

    const send = async (sender: number): Promise<void> => {
      const transport = createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: 1 })
      try {
        for (let number = 0; ; number += 1) {
          const subject = `${round}/${sender}/${number}`
          await transport.sendMail({ from: 'jo@example.com', to: 'ana@example.org', subject, text: 'x'.repeat(9_000) })
          acknowledged.push(subject)
          answered += 1
          if (answered === killAfter) child.kill('SIGKILL')
        }
      } catch {
        // The catcher is gone.
      } finally {
        transport.close()
      }
    }
    await Promise.all(Array.from({ length: senders }, (_, sender) => send(sender)))
    await exited
  }

  const { catcher, troubles } = await startCatcher(folder)
  const subjects = catcher.list().map(({ subject }) => subject)
  expect(new Set(subjects)).toEqual(new Set(subjects).union(new Set(acknowledged)))
  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds)
  for (const { id, subject } of catcher.list()) expect((await catcher.get(id))?.subject).toBe(subject)
  expect(troubles).toEqual([])
  expect(await readdir(folder)).toHaveLength(2 * subjects.length)
}, 120_000)
