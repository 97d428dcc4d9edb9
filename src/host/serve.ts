import { once } from 'node:events'
import type { Failure } from '../model/failure.ts'
import type { PolicyView } from '../model/policy/policy-view.ts'
import { consoleAddress, faultFact, greeting, policyFacts, strangerFacts, tryIt, workflowFact } from './greeting.ts'
import { type Host, type HostOptions, type Programs, startHost } from './start.ts'
import type { Changed } from './shelf.ts'
import { StartRefused } from './start-refused.ts'
import { layoutOf } from './workspace/layout.ts'

export interface ServeOptions {
  readonly workspace: string
  /** Left out: the usual port, or a free one where that is taken. */
  readonly port?: number | undefined
  readonly trusts: HostOptions['trusts']
  readonly programs?: Programs
  readonly say: (line: string) => void
  /** Shows the console to the person, where somebody sees it. */
  readonly show?: (address: string, file: string) => Promise<void>
  /** Ends the host in good order. */
  readonly signal: AbortSignal
}

/** Where a host listens when nobody says otherwise, so that addresses stay what they were. */
const usualPort = 7_420

/** Starts the host of a workspace, says where it is and what it found, and stays until the signal. @throws StartRefused */
export async function serve({ workspace, port, trusts, programs, say, show, signal }: ServeOptions): Promise<void> {
  const changed: Changed = (file, now) => say(workflowFact(file, now))
  const policyChanged = (policy: PolicyView): void => {
    for (const line of policyFacts(policy)) say(line)
  }
  let fault: Failure | null = null
  const faulted = (now: Failure | null): void => {
    fault = now
    say(faultFact(now))
  }
  const host = await startOnPort({ ...programs, workspace, trusts, role: 'serve', changed, policyChanged, faulted }, port)
  try {
    for (const line of greeting(host, fault)) say(line)
    void host.loaded.then(() => {
      if (signal.aborted) return
      for (const line of [...strangerFacts(host.policy()), ...tryIt(host)]) say(line)
    })
    if (host.url !== null) await show?.(consoleAddress(host.url, host.tokenFile), layoutOf(workspace).entrance)
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
