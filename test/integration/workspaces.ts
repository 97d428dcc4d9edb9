/** Workspaces of a test's own, the hosts that serve them, and the command line as somebody types it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { runCli } from '../../src/cli/program.ts'
import type { Client } from '../../src/client/client.ts'
import { connectSocket } from '../../src/client/socket.ts'
import { programFolder } from '../../src/host/program.ts'
import { type Host, type HostOptions, startHost } from '../../src/host/start.ts'
import type { Terminal } from '../../src/host/terminal.ts'
import { createExample, createWorkspace } from '../../src/host/workspace/create.ts'
import type { Example } from '../../src/host/workspace/places.ts'
import { settings } from '../../src/host/workspace/starter.ts'
import { userTrust } from '../../src/host/workspace/trust.ts'
import { bundledPrograms } from '../bundled-program.ts'

// Two processes that trust something at the same moment do not get in each other's way.
process.env['CAIRN_SETTINGS'] = mkdtempSync(join(process.env['CAIRN_SETTINGS'] ?? tmpdir(), 'own-'))

/** A folder that is gone after the test. */
export function scratchFolder(within = tmpdir()): string {
  mkdirSync(within, { recursive: true })
  const folder = mkdtempSync(join(within, 'cairn-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A workspace with these files, trusted. */
export async function workspaceOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = scratchFolder()
  for (const [name, text] of Object.entries({ ...settings, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  await userTrust().trust(folder)
  return folder
}

/** The workspace that `cairn init` makes. */
export async function starterWorkspace(): Promise<string> {
  const folder = scratchFolder()
  await createWorkspace(folder)
  return folder
}

/** A shipped example, where its packages are found. */
export async function exampleWorkspace(example?: Example): Promise<string> {
  const folder = scratchFolder(join(programFolder, 'out', 'test'))
  await createExample(folder, example)
  return folder
}

/** A host that has looked at every workflow, for the length of the test or until it is closed. */
export async function hostOf(
  workspace: string,
  options: Partial<HostOptions> = {},
): Promise<{ host: Host; client: Client }> {
  const host = await startHost({
    ...{ workspace, port: null, role: 'serve', ...bundledPrograms },
    trusts: () => Promise.resolve(false),
    ...options,
  })
  await host.loaded
  const client = connectSocket(host.socket)
  onTestFinished(async () => {
    client.close()
    await host.close()
  })
  return { host, client }
}

export interface Typed {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** What a command line answers where nobody can be asked. `answers` are typed by somebody who can. */
export async function cairn(
  args: readonly string[],
  answers?: readonly string[],
  env: Terminal['env'] = {},
): Promise<Typed> {
  const out: string[] = []
  const err: string[] = []
  const left = [...(answers ?? [])]
  const terminal: Terminal = {
    cwd: tmpdir(),
    env,
    live: false,
    asks: answers !== undefined,
    colour: false,
    rows: 24,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    rewind: () => {},
    ask: (question) => {
      out.push(question)
      return Promise.resolve(left.shift())
    },
  }
  const exitCode = await runCli(args, terminal, () => new AbortController().signal, bundledPrograms)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}
