/** Moments of a run, waited for: at once where it is there already, and on whichever branch the run is by then. */
import { applyChange } from '../../src/client/apply-change.ts'
import type { Client } from '../../src/client/client.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunId } from '../../src/model/ids.ts'
import type { DecisionRecord } from '../../src/model/decision.ts'
import type { DecisionView, RunDetail } from '../../src/model/views.ts'

/** Resolves with the first entry of the run that is like this, from its beginning. */
export async function entryOf(client: Client, run: RunId, isIt: (entry: JournalEntry) => boolean): Promise<JournalEntry> {
  for await (const item of client.watchRun(run, { after: 0 }))
    if (item.type === 'entry' && isIt(item.entry)) return item.entry
  throw new Error(`the stream of run ${run} ended`)
}

/** The run as soon as it is like this. */
export async function runOnce(client: Client, run: RunId, isIt: (detail: RunDetail) => boolean): Promise<RunDetail> {
  let detail: RunDetail | undefined
  for await (const item of client.followRun(run)) {
    if (item.type === 'whole') detail = item.detail
    else if (item.type === 'changed' && detail !== undefined) detail = applyChange(detail, item)
    if (detail !== undefined && isIt(detail)) return detail
  }
  throw new Error(`the stream of run ${run} ended`)
}

/** The run once it has ended; where a branch is named, on that one. */
export async function ended(client: Client, run: RunId, branch?: number): Promise<RunDetail> {
  return runOnce(client, run, ({ record }) => record.endedAt !== null && (branch === undefined || record.branch === branch))
}

/** A decision that the run asks for, once it does; where a step is named, one about that. */
export async function asked(client: Client, run: RunId, step?: string): Promise<DecisionView> {
  const isIt = (decision: DecisionRecord) => decision.status === 'pending' && (step === undefined || decision.step === step)
  const pending = (await runOnce(client, run, ({ decisions }) => decisions.some(isIt))).decisions.find(isIt)
  if (pending === undefined) throw new Error(`run ${run} asks for nothing any more`)
  return client.api.decisions.get({ run, decision: pending.id })
}
