import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** Reads every message of a mailbox over POP3 (RFC 1939), oldest first, as it was received. */
export async function readMailbox(address: string): Promise<string[]> {
  const [host, port] = address.split(':')
  const socket = connect({ host: host ?? '', port: Number(port) })
  await once(socket, 'connect')
  const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => String((await lines.next()).value)
  const ask = async (command: string): Promise<string> => {
    socket.write(`${command}\r\n`)
    return accepted(await next())
  }
  try {
    accepted(await next())
    await ask('USER anybody')
    await ask('PASS anything')
    const [, count] = (await ask('STAT')).split(' ')
    const messages: string[] = []
    for (let number = 1; number <= Number(count); number += 1) {
      await ask(`RETR ${number}`)
      messages.push(await body(next))
    }
    await ask('QUIT')
    return messages
  } finally {
    end(socket)
  }
}

function accepted(line: string): string {
  if (!line.startsWith('+OK')) throw new Error(`the server answered ${line}`)
  return line
}

/** Up to the line with a dot alone; a dot that begins any other line was put before it. */
async function body(next: () => Promise<string>): Promise<string> {
  const lines: string[] = []
  for (let line = await next(); line !== '.'; line = await next()) lines.push(line.startsWith('.') ? line.slice(1) : line)
  return lines.join('\r\n')
}

function end(socket: Socket): void {
  socket.destroy()
}
