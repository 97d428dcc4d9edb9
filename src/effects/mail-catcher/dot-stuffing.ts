const dot = 0x2e
const lineFeed = 0x0a
const end = Buffer.from('.\r\n')

/** Octets of lines as POP3 and SMTP send them (RFC 1939, 3): a dot doubled at the start of a line, then a lone dot. */
export function dotStuffed(bytes: Uint8Array): Buffer {
  const pieces: Uint8Array[] = []
  let from = 0
  for (let at = bytes.indexOf(dot); at !== -1; at = bytes.indexOf(dot, at + 1)) {
    if (at > 0 && bytes[at - 1] !== lineFeed) continue
    pieces.push(bytes.subarray(from, at))
    from = at
    pieces.push(Buffer.of(dot))
  }
  pieces.push(bytes.subarray(from))
  if (bytes.length > 0 && bytes.at(-1) !== lineFeed) pieces.push(Buffer.from('\r\n'))
  return Buffer.concat([...pieces, end])
}
