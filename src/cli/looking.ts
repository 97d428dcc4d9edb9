/** A command's way to a store of which nothing can be written, or that is damaged where a host begins: what it only reads can be told all the same. */
import { connectWeb } from '../client/web.ts'
import { startLookHost } from '../host/look.ts'
import { StartRefused } from '../host/start-refused.ts'
import { CorruptionFound, StorageFailed, type StorageFault } from '../model/storage-errors.ts'
import type { Context } from './context.ts'
import { findWorkspace, reading, type Session, tellAlarms } from './session.ts'
import { withWaysOn } from './ways-on.ts'

/** What keeps a host from writing in the store's folder, and not from reading there. */
const ofWriting: ReadonlySet<StorageFault | null> = new Set(['full', 'read_only', 'forbidden', 'failing'])

/** As `reading`; where nothing can be written in the store's folder, or damage keeps a host from opening it, with one that only looks, and changes nothing of it. */
export async function looking<T>(context: Context, command: (session: Session) => Promise<T>): Promise<T> {
  try {
    return await reading(context, command)
  } catch (error) {
    const why = unwritten(error)
    if (why === undefined) throw error
    return lookingAt(findWorkspace(context), why, context, command)
  }
}

/** What the refusal was before ways on were told with it. */
function unwritten(error: unknown): StorageFailed | CorruptionFound | undefined {
  const refused = error instanceof StartRefused ? error.cause : undefined
  const why = refused instanceof StartRefused ? refused.cause : undefined
  if (why instanceof CorruptionFound) return why
  return why instanceof StorageFailed && ofWriting.has(why.fault) ? why : undefined
}

async function lookingAt<T>(workspace: string, why: StorageFailed | CorruptionFound, context: Context, command: (session: Session) => Promise<T>): Promise<T> {
  const { err } = context.terminal
  const host = await startLookHost({ workspace, port: 0, troubled: (what, error) => err(`${what}: ${String(error)}`) }).catch(async (error: unknown) => {
    throw error instanceof StartRefused ? await withWaysOn(error, workspace, true) : error
  })
  err(`only looking${host.isCopy ? ', at a copy' : ''}: ${why.message}`)
  tellAlarms(context, host.info())
  const client = connectWeb(host.url ?? '', host.token)
  try {
    return await command({ client, workspace, embedded: true, looks: true })
  } finally {
    client.close()
    await host.close()
  }
}
