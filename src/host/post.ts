import type { HostInfo } from '../contract/host.ts'
import type { MailSummary } from '../contract/mail.ts'
import type { CaughtMail } from '../effects/mail-catcher/caught-mail.ts'
import type { Clock, Randomness } from '../engine/ports.ts'
import { type MailCatcher, startMailCatcher } from '../effects/mail-catcher/mail-catcher.ts'
import type { FileSeals } from '../effects/mail-catcher/seals.ts'
import { keyOf } from '../effects/smtp/message-id.ts'
import { SmtpSettings } from '../effects/smtp/settings.ts'
import { passOfKey } from '../model/idempotency-key.ts'
import type { Mailbox } from '../service/parts.ts'
import type { Smtp } from './config/sections.ts'

/** How mail leaves this workspace, and what its catcher received. */
export interface Post {
  /** As they are now. */
  settings(): SmtpSettings
  readonly mailbox: Mailbox
  route(): HostInfo['mail']
  close(): Promise<void>
}

export interface PostParts {
  /** A real server, where the workspace names one; it may name another later. */
  readonly smtp: () => Smtp | undefined
  readonly folder: string
  readonly clock: Clock
  readonly randomness: Randomness
  /** How what the catcher receives is kept. */
  readonly seals: FileSeals
  readonly troubled: (what: string, error: unknown) => void
}

/** Who sends, where neither the message nor the workspace says. */
const nobody = 'Cairn <cairn@localhost>'

/**
 * The catcher runs whatever the workspace's setting: what it received stays readable after a real server is set.
 */
export async function openPost({ smtp, ...parts }: PostParts): Promise<Post> {
  const catcher = await startMailCatcher({ ...parts, port: 0 })
  const settings = (): SmtpSettings => {
    const server = smtp()
    return server === undefined ? toCatcher(catcher) : toServer(server)
  }
  return {
    settings,
    mailbox: {
      list: () => Promise.resolve(catcher.list().map(summary)),
      async find(id) {
        const mail = await catcher.get(id)
        if (mail === undefined) return undefined
        const { text, html, headers, source, unreadable } = mail
        return { ...summary(mail), text, html, headers: [...headers], source, unreadable }
      },
      subscribe: (received) => catcher.subscribe((mail) => received(summary(mail))),
    },
    route() {
      const { host, port } = settings()
      const address = `${host}:${port}`
      return smtp() === undefined ? { to: 'catcher', smtp: address, pop3: `127.0.0.1:${catcher.pop3Port}` } : { to: 'server', smtp: address }
    },
    close: () => catcher.close(),
  }
}

function summary({ id, receivedAt, from, to, subject, messageId, size }: CaughtMail): MailSummary {
  return { id, receivedAt, from, to, subject, messageId, size, sentBy: sender(messageId) }
}

function sender(messageId: string | null): MailSummary['sentBy'] {
  const key = messageId === null ? null : keyOf(messageId)
  return key === null ? null : passOfKey(key)
}

function toCatcher({ port }: MailCatcher): SmtpSettings {
  return SmtpSettings.parse({ host: '127.0.0.1', port, from: nobody })
}

function toServer({ url, from }: Smtp): SmtpSettings {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  return SmtpSettings.parse({
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    from,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  })
}
