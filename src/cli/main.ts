/** `cairn`: the command line. */
import { runCli } from './program.ts'
import { terminalOf } from '../host/terminal.ts'

const interrupted = new AbortController()
// Whoever reads may have read enough (`cairn runs | head`): that is no error, and ends what goes on.
process.stdout.on('error', (error: Error) => {
  assertUnread(error)
  interrupted.abort()
})
// What is said beside the answer may be left unread.
process.stderr.on('error', assertUnread)
process.exitCode = await runCli(process.argv.slice(2), terminalOf(process), heedInterrupts)

function heedInterrupts(): AbortSignal {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The first asks to end in good order, a second one does not wait for it.
    process.once(signal, () => interrupted.abort())
  }
  return interrupted.signal
}

function assertUnread(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
}
