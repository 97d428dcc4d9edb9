import type { Mail, MailSummary } from '../../contract/mail.ts'
import type { RunId } from '../../model/ids.ts'
import type { Context } from '../context.ts'
import { plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { replaysAmong } from '../replays.ts'
import { reading } from '../session.ts'
import { moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

/** Lists what the workspace's catcher received, newest first, or prints one message: to be read, or as received. */
export function mail(context: Context, id: string | undefined, asReceived: boolean): Promise<number> {
  return id === undefined ? list(context) : open(context, id, asReceived)
}

function list(context: Context): Promise<number> {
  return reading(context, async ({ client: { api }, workspace }) => {
    const received = await api.mail.list({})
    if (received.mail.length === 0) context.terminal.err(`the mail catcher of ${workspace} has received nothing`)
    const replays = await replaysAmong(api, sendersOf(received.mail))
    return print(context, received, () => table(context.paint, titles, received.mail, (each) => row(each, replays)))
  })
}

const titles = ['received', 'from', 'to', 'subject', 'by', 'id']

function row({ receivedAt, from, to, subject, sentBy, id }: MailSummary, replays: ReadonlySet<RunId>): string[] {
  return [moment(receivedAt), plain(from), plain(to.join(', ')), plain(subject), byWhom(sentBy, replays), id]
}

const sendersOf = (mails: readonly MailSummary[]): RunId[] => mails.flatMap(({ sentBy }) => (sentBy === null ? [] : [sentBy.run]))

/** As its Message-ID says, which any program of this machine can write. */
function byWhom(sentBy: MailSummary['sentBy'], replays: ReadonlySet<RunId>): string {
  if (sentBy === null) return ''
  return `${sentBy.step} of ${sentBy.run}${replays.has(sentBy.run) ? ' (replay)' : ''}`
}

function open(context: Context, text: string, asReceived: boolean): Promise<number> {
  return reading(context, async ({ client: { api } }) => {
    const { mail: received } = await api.mail.list({})
    const part = text.toUpperCase()
    const [only, another] = received.filter(({ id }) => id.startsWith(part) || id.endsWith(part))
    if (only === undefined) throw new UsageError(`no message ${text}: cairn mail lists what was received`)
    if (another !== undefined) throw new UsageError(`${text} may mean several messages: write more of the id`)
    const found = await api.mail.get({ id: only.id })
    const words = asReceived ? found.source.replaceAll('\r\n', '\n') : letter(found, await replaysAmong(api, sendersOf([found])))
    return print(context, found, () => [plain(words).trimEnd()])
  })
}

/** A message to be read: decoded, with the headers that a reader wants. */
function letter({ from, to, subject, receivedAt, sentBy, text, html, source }: Mail, replays: ReadonlySet<RunId>): string {
  const head = [`From: ${from}`, `To: ${to.join(', ')}`, `Subject: ${subject}`, `Received: ${moment(receivedAt)}`, ...(sentBy === null ? [] : [`By: ${byWhom(sentBy, replays)}`])]
  return [...head, '', text ?? html ?? source].join('\n')
}
