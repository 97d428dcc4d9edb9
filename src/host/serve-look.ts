import { once } from 'node:events'
import { startLookHost } from './look.ts'
import { version } from './version.ts'

export interface ServeLookOptions {
  readonly workspace: string
  /** Left out, a free one. */
  readonly port?: number | undefined
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** Shows a workspace without changing anything of it, until the signal. @throws StartRefused */
export async function serveLook({ workspace, port = 0, say, signal }: ServeLookOptions): Promise<void> {
  const troubled = (what: string, error: unknown): void => say(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  const host = await startLookHost({ workspace, port, troubled })
  try {
    say(`Cairn ${version} shows ${host.workspace}, and changes nothing of it; Ctrl+C stops it`)
    say(`  console    ${host.url}/#token=${host.token}`)
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    await host.close()
  }
}
