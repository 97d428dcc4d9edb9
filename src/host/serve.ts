import { once } from 'node:events'
import { join, relative } from 'node:path'
import { readdirSync } from 'node:fs'
import type { WorkflowEntry } from '../contract/workflows.ts'
import type { HostInfo } from '../contract/host.ts'
import { type Host, type HostOptions, startHost } from './start.ts'
import { StartRefused } from './start-refused.ts'
import { layoutOf } from './workspace/layout.ts'

export interface ServeOptions {
  readonly workspace: string
  /** Left out: the usual port, or a free one where that is taken. */
  readonly port?: number | undefined
  readonly trusts: HostOptions['trusts']
  readonly say: (line: string) => void
  /** Ends the host in good order. */
  readonly signal: AbortSignal
}

/** Where a host listens when nobody says otherwise, so that addresses stay what they were. */
const usualPort = 7_420

/** Starts the host of a workspace, says where it is and what it found, and stays until the signal. @throws StartRefused */
export async function serve({ workspace, port, trusts, say, signal }: ServeOptions): Promise<void> {
  const host = await startOnPort({ workspace, trusts, role: 'serve' }, port)
  try {
    for (const line of greeting(host)) say(line)
    if (!signal.aborted) await once(signal, 'abort')
    say('stopping; unfinished runs go on at the next start')
  } finally {
    await host.close()
  }
}

async function startOnPort(options: Omit<HostOptions, 'port'>, port: number | undefined): Promise<Host> {
  if (port !== undefined) return startHost({ ...options, port })
  try {
    return await startHost({ ...options, port: usualPort })
  } catch (error) {
    if (error instanceof StartRefused && error.trouble === 'port') return startHost({ ...options, port: 0 })
    throw error
  }
}

function greeting(host: Host): string[] {
  const { version, mail, recovery, alarm } = host.info()
  const facts: [name: string, value: string][] = [
    ['workspace', host.workspace],
    ['REST', `${host.url}/api/v1 (described by ${host.url}/api/v1/openapi.json)`],
    ['token', host.tokenFile],
    ['socket', host.socket],
    ['mail', mailLine(mail)],
    ...host.workflows().map((entry): [string, string] => ['workflow', workflowLine(entry)]),
    ...recoveryLines(recovery).map((line): [string, string] => ['recovered', line]),
    ...(alarm === null ? [] : [['ALARM', `${alarm.message}; ${alarm.wayOut ?? ''}`] satisfies [string, string]]),
    ...tryIt(host).map((line): [string, string] => ['try', line]),
  ]
  return [`Cairn ${version} is running; Ctrl+C stops it`, ...facts.map(([name, value]) => `  ${name.padEnd(10)} ${value}`)]
}

function mailLine(mail: HostInfo['mail']): string {
  if (mail.to === 'server') return `goes out over ${mail.smtp}`
  return `is caught at ${mail.smtp} and delivered nowhere; read it with cairn mail, or over POP3 at ${mail.pop3}`
}

function workflowLine(entry: WorkflowEntry): string {
  if (entry.state === 'ready') return `${entry.name}, version ${entry.version}, from ${entry.file}`
  return `${entry.file} is refused: ${entry.failures.map(({ message, wayOut }) => `${message}; ${wayOut ?? ''}`).join(' | ')}`
}

function recoveryLines({ recovered, failed }: HostInfo['recovery']): string[] {
  const some = recovered.slice(0, 5).map(({ run }) => run)
  const more = recovered.length > some.length ? ` and ${recovered.length - some.length} more` : ''
  const found =
    recovered.length === 0
      ? []
      : [`${count(recovered.length, 'unfinished run')} found and continued: ${some.join(', ')}${more}`]
  return [...found, ...failed.map(({ run, reason }) => `run ${run} could not be taken up: ${reason}`)]
}

/** The line that runs a workflow with an input that comes with the workspace. */
function tryIt(host: Host): string[] {
  const { root } = layoutOf(host.workspace)
  const ready = host.workflows().flatMap((entry) => (entry.state === 'ready' ? [entry.name] : []))
  const [workflow] = ready
  const [input] = inputsIn(join(root, 'inputs'))
  if (workflow === undefined || input === undefined) return []
  return [`npx cairn run ${workflow} --workspace ${shown(root)} --input ${shown(input)}`]
}

function inputsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

/** A path as somebody who stands where the program was started types it. */
function shown(path: string): string {
  const near = relative(process.cwd(), path)
  const written = near === '' ? '.' : near.startsWith('..') ? path : near
  return /^[\w./\\:-]+$/.test(written) ? written : `"${written}"`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
