import { askTrust } from '../../host/ask-trust.ts'
import { serve as serveHost } from '../../host/serve.ts'
import { serveLook } from '../../host/serve-look.ts'
import { StartRefused } from '../../host/start-refused.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { findWorkspace } from '../session.ts'
import { withWaysOn } from '../ways-on.ts'

export interface ServeOptions {
  readonly port?: number
  /** Only look: nothing runs, and nothing is changed. */
  readonly readOnly?: boolean
}

/** Starts the host of a workspace and stays until it is told to end. */
export async function serve(context: Context, { port, readOnly = false }: ServeOptions, signal: AbortSignal): Promise<number> {
  const { terminal, trust, programs } = context
  const workspace = findWorkspace(context)
  const asked = { workspace, port, say: terminal.out, signal }
  try {
    if (readOnly) await serveLook(asked)
    else await serveHost({ ...asked, programs, trusts: askTrust(terminal, trust) })
    return exitCodes.done
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    throw await withWaysOn(error, workspace, readOnly)
  }
}
