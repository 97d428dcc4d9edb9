import type { RunRecord } from '../../model/run.ts'
import type { Session } from '../session.ts'
import { RunView } from './run-view.ts'

/**
 * Stays with a run, after something was done to it, until nothing of it is under way: with a host that ends with the
 * command, an attempt that was just started would be cut off. A running host goes on by itself, and is not waited for.
 */
export async function settle({ client, embedded }: Session, acted: RunRecord): Promise<RunRecord> {
  if (!embedded) return acted
  const { manifest } = await client.api.runs.get({ run: acted.id })
  const view = new RunView(manifest)
  for await (const item of client.watchRun(acted.id, { after: 0 })) {
    if (item.type !== 'entry') continue
    view.take(item.entry)
    const acting = item.entry.run !== null && item.entry.version < acted.version
    if (!acting && view.rests) break
  }
  return (await client.api.runs.get({ run: acted.id })).record
}
