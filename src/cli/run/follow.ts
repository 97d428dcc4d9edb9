/** Follows a run to where nothing more can be done here: its end, or a decision that nobody can give. */
import { ORPCError } from '@orpc/client'
import type { Client } from '../../client/client.ts'
import type { Api } from '../../contract/index.ts'
import type { RunStreamItem } from '../../contract/streams.ts'
import type { JournalEntry, Position } from '../../model/entry.ts'
import type { DecisionId, RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { isEnded } from '../../model/status.ts'
import type { DecisionView } from '../../model/views.ts'
import type { RunView } from './run-view.ts'

/** What is known of a run that is being followed, and what happens as it goes on. */
export interface Following {
  readonly run: RunId
  readonly view: RunView
  /** Begin after this position, which is before the run's first entry. */
  readonly after: Position
  readonly signal: AbortSignal
  /** Hears of everything, after the view has taken it. */
  readonly heard: (item: RunStreamItem) => void
  /** The answer to a decision, or undefined where nobody gives one. */
  readonly decide: (decision: DecisionView) => Promise<Answered | undefined>
  /** An answer that somebody typed was not taken; they are asked again. */
  readonly refused: (error: unknown) => void
}

export interface Answered {
  readonly action: string
  readonly note: string | null
  readonly edit: Json | null
  /** Whether somebody sits there who typed it. */
  readonly typed: boolean
}

export type Outcome = 'ended' | 'undecided' | 'interrupted'

export async function follow({ api, watchRun }: Client, following: Following): Promise<Outcome> {
  const { run, view, after, signal, heard } = following
  const undecided = new Set<DecisionId>()
  for await (const item of watchRun(run, { after, signal })) {
    if (item.type === 'entry') view.take(item.entry)
    if (item.type === 'signal') view.hear(item.signal)
    heard(item)
    if (item.type !== 'entry') continue
    for (const closed of closedIn(item.entry)) undecided.delete(closed)
    for (const opened of openedIn(item.entry)) {
      if (!(await answer(api, following, opened))) undecided.add(opened)
    }
    if (isEnded(view.status) || view.isSetAside) return 'ended'
    const waits = view.status === 'waiting' && (view.waiting === 'decision' || view.waiting === 'in_doubt' || view.waiting === 'dead_letter')
    if (waits && undecided.size > 0) return 'undecided'
  }
  return 'interrupted'
}

/** Whether the decision is settled: answered here, or meanwhile by somebody else. */
async function answer(api: Api, { run, decide, refused }: Following, id: DecisionId): Promise<boolean> {
  for (let given: Answered | undefined; ;) {
    const asked = await api.decisions.get({ run, decision: id })
    if (asked.decision.status !== 'pending') return true
    // Nobody is called for a dead letter: it stands in its queue.
    if (asked.decision.kind === 'dead_letter') return false
    given ??= await decide(asked)
    if (given === undefined) return false
    const { action, note, edit, typed } = given
    try {
      await api.decisions.decide({ run, decision: id, seen: asked.runVersion, action, note, edit: edit ?? undefined })
      return true
    } catch (error) {
      const isRefused = error instanceof ORPCError && error.code === 'REFUSED'
      const isLate = error instanceof ORPCError && error.code === 'CONFLICT'
      if (!isRefused && !isLate) throw error
      if (isRefused) refused(error)
      if (isRefused && !typed) return false
      // Who sits there is asked again, about the run as it is now; what was given beforehand was given for any case.
      if (typed) given = undefined
    }
  }
}

function openedIn({ events }: JournalEntry): DecisionId[] {
  return events.flatMap((event) => (event.type === 'decision_opened' ? [event.decision.id] : []))
}

function closedIn({ events }: JournalEntry): DecisionId[] {
  return events.flatMap((event) => (event.type === 'decision_closed' ? [event.id] : []))
}
