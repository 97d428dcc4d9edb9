/** The Message-ID of a message that a step sends: its idempotency key, written as RFC 5322 wants it. */
const domain = '@cairn.local'

/** Always the same for the same key, so that whoever receives a message twice can tell. */
export function messageIdOf(idempotencyKey: string): string {
  return `<${escapeAtom(idempotencyKey)}${domain}>`
}

/** The key that a Message-ID was made of, or null where it is another's. Anybody can write one. */
export function keyOf(messageId: string): string | null {
  const end = `${domain}>`
  return messageId.startsWith('<') && messageId.endsWith(end) ? messageId.slice(1, -end.length) : null
}

/** Only some characters can stand in a Message-ID; the others are written as a URL would. */
function escapeAtom(text: string): string {
  return text.replace(/[^A-Za-z0-9!#$&'*+/=?^_`{|}~.-]/gu, (character) =>
    Buffer.from(character).toString('hex').replace(/../g, '%$&'),
  )
}
