import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { HostInfo } from '../contract/host.ts'
import type { WorkflowEntry } from '../contract/workflows.ts'
import type { Failure } from '../model/failure.ts'
import type { Fault, PolicyView } from '../model/policy/policy-view.ts'
import { faultLine } from './config/config.ts'
import type { Host } from './start.ts'

/**
 * What a host says when it has started: where it is and what it found. Workflows are told one by one. `fault` has been said before, and is
 * not said again.
 */
export function greeting(host: Host, fault: Failure | null = null): string[] {
  const { version, mail, recovery, alarm, unlogged } = host.info()
  const facts: [name: string, value: string][] = [
    ['console', host.url === null ? 'not served: this host has no port' : consoleAddress(host.url, host.tokenFile)],
    ['workspace', host.workspace],
    ['REST', `${host.url}/api/v1 (described by ${host.url}/api/v1/openapi.json)`],
    ['token', host.tokenFile],
    ['socket', host.socket],
    ['mail', mailLine(mail)],
    ...recoveryLines(recovery).map((line): [string, string] => ['recovered', line]),
    ...said('ALARM', alarm?.message === fault?.message ? null : alarm),
    ...said('no log', unlogged),
  ]
  return [`Cairn ${version} is running; Ctrl+C stops it`, ...facts.map(fact)]
}

function said(name: string, failure: Failure | null): [name: string, value: string][] {
  return failure === null ? [] : [[name, wordsOf(failure)]]
}

function wordsOf({ message, wayOut }: Failure): string {
  return `${message}; ${wayOut ?? ''}`
}

/** What a file of workflows holds now; null where what it held is gone. Said when the host has looked at it, each time. */
export function workflowFact(file: string, now: WorkflowEntry | null): string {
  return fact(['workflow', now === null ? `what ${file} held is gone: nothing new is started of it` : workflowLine(now)])
}

/** Why the store cannot be written; null once it can be again. Said when that changes, also before the host has started. */
export function faultFact(fault: Failure | null): string {
  return fact(['STORE', fault === null ? 'can be written again' : wordsOf(fault)])
}

/** What has come of a change of the settings. */
export function policyFacts(policy: PolicyView): string[] {
  const { refused, settings } = policy
  if (refused === null) {
    const later = settings.flatMap(({ key, said }) => said.flatMap(({ next }) => (next === undefined ? [] : [fact(['policy', `${key} is taken when the host starts: ${JSON.stringify(next)} from then on`])])))
    return [fact(['policy', 'changed: cairn config says what is in force']), ...later, ...strangerFacts(policy)]
  }
  return [fact(['policy', 'the file is wrong, and what was in force stays:']), ...refused.faults.map(policyLine)]
}

/** What the settings say of workflows and steps that are not here. */
export function strangerFacts({ strangers }: PolicyView): string[] {
  return (strangers ?? []).map(policyLine)
}

function policyLine(fault: Fault): string {
  return fact(['policy', faultLine(fault).trim()])
}

function fact([name, value]: readonly [name: string, value: string]): string {
  return `  ${name.padEnd(10)} ${value}`
}

/** The page's own script takes the token out of the address; as a fragment it is sent to nobody. */
export function consoleAddress(url: string, tokenFile: string): string {
  return `${url}/#token=${readFileSync(tokenFile, 'utf8').trim()}`
}

function mailLine(mail: HostInfo['mail']): string {
  if (mail.to === 'nowhere') return 'goes nowhere: nothing runs here'
  if (mail.to === 'server') return `goes out over ${mail.smtp}`
  return `is caught at ${mail.smtp} and delivered nowhere; read it with cairn mail, or over POP3 at ${mail.pop3}`
}

function workflowLine(entry: WorkflowEntry): string {
  if (entry.state === 'ready') return `${entry.name}, version ${entry.version}, from ${entry.file}`
  return `${entry.file} is refused: ${entry.failures.map(wordsOf).join(' | ')}`
}

/** What was found unfinished, and of what is set aside why, and what can be done about it. */
export function recoveryLines({ recovered, waiting, failed }: HostInfo['recovery']): string[] {
  return [
    ...some(recovered, (length, runs) => `${count(length, 'unfinished run')} found and continued: ${runs}`),
    ...some(waiting, (length, runs) => `${count(length, 'unfinished run')} found that ${length === 1 ? 'waits' : 'wait'} for a person: ${runs}`),
    ...waiting.flatMap(({ run, why, wayOut }) => (wayOut === null ? [] : [`run ${run} is set aside: ${why}; ${wayOut}`])),
    ...[...Map.groupBy(failed, ({ reason }) => reason)].flatMap(([reason, alike]) =>
      some(alike, (length, runs) => `${length === 1 ? `run ${runs} does` : `${length} runs do`} not go on: ${reason}${length === 1 ? '' : ` (${runs})`}`),
    ),
  ]
}

function some(runs: readonly { readonly run: string }[], line: (length: number, runs: string) => string): string[] {
  if (runs.length === 0) return []
  const first = runs.slice(0, 5).map(({ run }) => run)
  const more = runs.length > first.length ? ` and ${runs.length - first.length} more` : ''
  return [line(runs.length, `${first.join(', ')}${more}`)]
}

/** The line that runs a workflow with an input that comes with the workspace, where there is one. */
export function tryIt(host: Host): string[] {
  const ready = host.workflows().flatMap((entry) => (entry.state === 'ready' ? [entry.name] : []))
  const inputs = inputsIn(join(host.workspace, 'inputs'))
  const named = ready.find((name) => inputs.includes(`${name}.json`))
  const workflow = named ?? (ready.length === 1 ? ready[0] : undefined)
  const input = named === undefined ? inputs[0] : `${named}.json`
  if (workflow === undefined || input === undefined) return []
  const file = join(host.workspace, 'inputs', input)
  return [fact(['try', `npx cairn run ${workflow} --workspace ${typed(host.workspace)} --input ${typed(file)}`])]
}

function inputsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
  } catch {
    return []
  }
}

/** A path as somebody who stands where the program was started types it. */
function typed(path: string): string {
  const near = relative(process.cwd(), path)
  const written = near === '' ? '.' : near.startsWith('..') ? path : near
  return /^[\w./\\:-]+$/.test(written) ? written : `"${written}"`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
