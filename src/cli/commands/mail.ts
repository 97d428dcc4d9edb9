import type { Mail } from '../../contract/mail.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { aligned, plain } from '../paint.ts'
import { reading } from '../session.ts'
import { moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

/** Lists what the workspace's catcher received, newest first, or prints one message: to be read, or as received. */
export async function mail(context: Context, id: string | undefined, asReceived: boolean): Promise<number> {
  return id === undefined ? list(context) : print(context, id, asReceived)
}

async function list({ terminal, paint, json, ...context }: Context): Promise<number> {
  return reading({ terminal, paint, json, ...context }, async ({ client: { api }, workspace }) => {
    const { mail: received } = await api.mail.list()
    if (json) {
      terminal.out(JSON.stringify({ mail: received }))
      return exitCodes.done
    }
    const heading = ['received', 'from', 'to', 'subject', 'id'].map((title) => paint('inactive', title))
    const rows = received.map((one) => [
      moment(one.receivedAt),
      plain(one.from),
      plain(one.to.join(', ')),
      plain(one.subject),
      one.id,
    ])
    if (rows.length === 0) terminal.err(`the mail catcher of ${workspace} has received nothing`)
    else for (const line of aligned([heading, ...rows])) terminal.out(line)
    return exitCodes.done
  })
}

async function print(context: Context, text: string, asReceived: boolean): Promise<number> {
  return reading(context, async ({ client: { api } }) => {
    const { mail: received } = await api.mail.list()
    const part = text.toUpperCase()
    const [only, another] = received.filter(({ id }) => id.startsWith(part) || id.endsWith(part))
    if (only === undefined) throw new UsageError(`no message ${text}: cairn mail lists what was received`)
    if (another !== undefined) throw new UsageError(`${text} may mean several messages: write more of the id`)
    const found = await api.mail.get({ id: only.id })
    if (context.json) context.terminal.out(JSON.stringify(found))
    else context.terminal.out(plain(asReceived ? found.source.replaceAll('\r\n', '\n') : letter(found)).trimEnd())
    return exitCodes.done
  })
}

/** A message to be read: decoded, with the headers that a reader wants. */
function letter({ from, to, subject, receivedAt, text, html, source }: Mail): string {
  const head = [`From: ${from}`, `To: ${to.join(', ')}`, `Subject: ${subject}`, `Received: ${moment(receivedAt)}`]
  return [...head, '', text ?? html ?? source].join('\n')
}
