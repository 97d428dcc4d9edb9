/** What the tests of the catcher share: a catcher in a new folder, and a list of its troubles. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport, type Transporter } from 'nodemailer'
import { onTestFinished } from 'vitest'
import { systemClock } from '../clock.ts'
import { systemRandomness } from '../randomness.ts'
import { type MailCatcher, type MailCatcherOptions, startMailCatcher } from './mail-catcher.ts'

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-mail-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Started {
  readonly catcher: MailCatcher
  readonly transport: Transporter
  readonly troubles: readonly string[]
}

export async function startCatcher(folder: string, options: Partial<MailCatcherOptions> = {}): Promise<Started> {
  const troubles: string[] = []
  const catcher = await startMailCatcher({
    folder,
    port: 0,
    clock: systemClock,
    randomness: systemRandomness(),
    troubled: (what, error) => troubles.push(`${what}: ${String(error)}`),
    ...options,
  })
  const transport = createTransport({ host: '127.0.0.1', port: catcher.port })
  onTestFinished(async () => {
    transport.close()
    await catcher.close()
  })
  return { catcher, transport, troubles }
}
