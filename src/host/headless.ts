/** The headless host: what `npm start` starts. */
import { parseArgs } from 'node:util'
import { askTrust } from './ask-trust.ts'
import { exitCodeOfStart } from './exit-codes.ts'
import { hasDisplay, openConsole } from './open-console.ts'
import { commandsFor, refusalOf } from './refusal.ts'
import { serve } from './serve.ts'
import { serveLook } from './serve-look.ts'
import { StartRefused } from './start-refused.ts'
import { terminalOf } from './terminal.ts'
import { usualWorkspace, workspaceAt } from './workspace/workspace-at.ts'

const usage = `options: --workspace PATH  the workspace; a folder that is empty or missing becomes the example
         --port N          the port on 127.0.0.1; 0 takes a free one
         --trust           let the folder's code run without asking
         --headless        open no browser; it is opened where somebody can see it
         --read-only       only look at the workspace, whoever has it open: nothing runs, and nothing is changed
exit codes: 0 stopped; 2 wrong options; 10 another process owns the workspace; 11 its store is newer than this program;
         12 its store cannot be opened; 13 nobody trusts the folder; 14 cairn.config.yaml is wrong; 15 the port is taken;
         16 the folder is no workspace; 17 its store is encrypted, and its key is not at hand;
         18 there is a key, and its store is not encrypted`

const terminal = terminalOf(process)
let workspace: string | undefined
let looked = false
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // The first asks to end in good order, a second one does not wait for it.
  process.once(signal, () => stopped.abort())
}

try {
  await main()
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  terminal.err(error.message)
  if (workspace !== undefined) for (const line of commandsFor(await refusalOf(error, workspace, looked))) terminal.err(line)
  process.exitCode = exitCodeOfStart[error.trouble]
}

async function main(): Promise<void> {
  const given = options()
  if (given === undefined) return
  const { port, trust, headless, 'read-only': looks } = given
  looked = looks
  workspace = looks ? usualWorkspace(given.workspace) : await workspaceAt(given.workspace, terminal.out)
  if (looks) return serveLook({ workspace, port, say: terminal.out, signal: stopped.signal })
  const seen = !headless && terminal.live && hasDisplay(process.platform, process.env)
  const trusts = askTrust(terminal, trust)
  const { signal } = stopped
  await serve({ workspace, port, trusts, say: terminal.out, signal, ...(seen ? { show } : {}) })
}

/** A browser that does not open is no reason to stop: the address stands on the terminal. */
async function show(address: string, file: string): Promise<void> {
  await openConsole(address, file).catch((error: unknown) => {
    terminal.err(`no browser could be opened: ${error instanceof Error ? error.message : String(error)}`)
  })
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        workspace: { type: 'string' },
        port: { type: 'string' },
        trust: { type: 'boolean', default: false },
        headless: { type: 'boolean', default: false },
        'read-only': { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    })
    if (values.help !== true) return { ...values, port: portOf(values.port) }
    terminal.out(usage)
  } catch (error) {
    terminal.err(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exitCode = 2
  }
  return undefined
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`--port ${text} is no port`)
}
