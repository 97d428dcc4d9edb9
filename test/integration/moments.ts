import type { Client } from '../../src/client/client.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunId } from '../../src/model/ids.ts'
import { isEnded } from '../../src/model/status.ts'
import type { DecisionView, RunDetail } from '../../src/model/views.ts'

/** Resolves with the first entry of the run that is like this, from its beginning. */
export async function entryOf(client: Client, run: RunId, isIt: (entry: JournalEntry) => boolean): Promise<JournalEntry> {
  for await (const item of client.watchRun(run, { after: 0 }))
    if (item.type === 'entry' && isIt(item.entry)) return item.entry
  throw new Error(`the stream of run ${run} ended`)
}

/** The run once it has ended. */
export async function ended(client: Client, run: RunId): Promise<RunDetail> {
  await entryOf(client, run, ({ events }) => events.some((event) => event.type === 'run_moved' && isEnded(event.to)))
  return client.api.runs.get({ run })
}

/** The first decision that the run asks for, once it does. */
export async function asked(client: Client, run: RunId): Promise<DecisionView> {
  await entryOf(client, run, ({ events }) => events.some(({ type }) => type === 'decision_opened'))
  const { decisions } = await client.api.decisions.list({ run })
  const pending = decisions.find(({ decision }) => decision.status === 'pending')
  if (pending === undefined) throw new Error(`run ${run} asks for nothing any more`)
  return pending
}
