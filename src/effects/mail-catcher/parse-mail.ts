import PostalMime from 'postal-mime'
import type { CaughtMail, ReadMail } from './caught-mail.ts'

const headEnd = '\r\n\r\n'

/** Subject and Message-ID from the first octets of a message; empty and null where they cannot be read. */
export async function parseHead(head: Uint8Array): Promise<Pick<CaughtMail, 'subject' | 'messageId'>> {
  const end = Buffer.from(head).indexOf(headEnd)
  const headers = end === -1 ? head : head.subarray(0, end + headEnd.length)
  try {
    const mail = await PostalMime.parse(headers)
    return { subject: mail.subject ?? '', messageId: mail.messageId ?? null }
  } catch {
    return { subject: '', messageId: null }
  }
}

/** Opens a message. One that no parser accepts still has its source, and says why it has nothing else. */
export async function parseMail(caught: CaughtMail, bytes: Uint8Array): Promise<ReadMail> {
  const source = new TextDecoder().decode(bytes)
  try {
    const mail = await PostalMime.parse(bytes)
    const headers = mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value }))
    return { ...caught, text: mail.text ?? null, html: mail.html ?? null, headers, source, unreadable: null }
  } catch (error) {
    return { ...caught, text: null, html: null, headers: [], source, unreadable: String(error) }
  }
}
