/**
 * The mail catcher: an SMTP server on loopback that delivers nothing and keeps everything, so that a workflow can be
 * tried with real mail before a real server is set. Programs on this machine read it over POP3 with any name and
 * password; neither port can be reached from another machine.
 */
import type { Clock, Randomness } from '../../engine/ports.ts'
import type { CaughtMail, ReadMail } from './caught-mail.ts'
import { openMailFolder } from './mail-folder.ts'
import { parseMail } from './parse-mail.ts'
import { startPop3Server } from './pop3-server.ts'
import { type FileSeals, unsealed } from './seals.ts'
import { startSmtpReceiver } from './smtp-receiver.ts'

/** Octets of one message: what the large providers take, attachments in base64 included. */
const maxMailSize = 25 * 1024 * 1024
/** Messages that one folder keeps before it refuses more. */
const maxMailCount = 10_000

export interface MailCatcherOptions {
  /** Where messages are kept: `.cairn/mail` of the workspace. */
  readonly folder: string
  /** Port for SMTP on 127.0.0.1; 0 takes a free one. */
  readonly port: number
  /** Port for POP3 on 127.0.0.1; a free one where it is left out. */
  readonly pop3Port?: number
  readonly clock: Clock
  readonly randomness: Randomness
  /** Hears of what went wrong outside any request. */
  readonly troubled: (what: string, error: unknown) => void
  readonly maxSize?: number
  readonly maxCount?: number
  /** How messages are kept; left out, as they are. */
  readonly seals?: FileSeals
}

export interface MailCatcher {
  readonly port: number
  readonly pop3Port: number
  /** Newest first. */
  list(): readonly CaughtMail[]
  /** The message opened, or undefined where none has that id. @throws MailDamaged */
  get(id: string): Promise<ReadMail | undefined>
  /** Calls for each message once it is kept, before its sender hears of it; returns what ends that. */
  subscribe(listener: (mail: CaughtMail) => void): () => void
  close(): Promise<void>
}

export async function startMailCatcher(options: MailCatcherOptions): Promise<MailCatcher> {
  const { clock, randomness, troubled, seals = unsealed, port, pop3Port = 0, maxSize = maxMailSize, maxCount = maxMailCount } = options
  const folder = await openMailFolder({ path: options.folder, clock, randomness, troubled, seals, maxSize, maxCount })
  const listeners = new Set<(mail: CaughtMail) => void>()

  const received = (mail: CaughtMail): void => {
    for (const listener of listeners) {
      try {
        listener(mail)
      } catch (error) {
        troubled('a listener of the mail catcher failed', error)
      }
    }
  }

  const smtp = await startSmtpReceiver({ folder, port, maxSize, received, troubled })
  const pop3 = await startPop3Server({ drop: folder, port: pop3Port, troubled }).catch(async (error: unknown) => {
    await smtp.close()
    throw error
  })

  return {
    port: smtp.port,
    pop3Port: pop3.port,
    list: () => folder.list().toReversed(),
    async get(id) {
      const mail = folder.find(id)
      return mail && parseMail(mail, await folder.read(mail))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      await Promise.all([smtp.close(), pop3.close()])
    },
  }
}
