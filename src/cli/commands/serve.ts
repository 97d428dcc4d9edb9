import { serve as serveHost } from '../../host/serve.ts'
import { askTrust } from '../../host/ask-trust.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { findWorkspace } from '../session.ts'

export interface ServeOptions {
  readonly port?: number
}

/** Starts the host of a workspace and stays until it is told to end. */
export async function serve(context: Context, { port }: ServeOptions, signal: AbortSignal): Promise<number> {
  const { terminal, trust } = context
  await serveHost({ workspace: findWorkspace(context), port, trusts: askTrust(terminal, trust), say: terminal.out, signal })
  return exitCodes.done
}
