/** The stops of the tour, and when each is behind: read off what the person has really done with a run of their own. */
import { z } from 'zod'
import type { DecisionRecord } from '../../../model/decision.ts'
import type { RunRecord } from '../../../model/run.ts'
import { isEnded } from '../../../model/status.ts'

export const StopName = z.enum(['start', 'watch', 'decide', 'scrub', 'back', 'over'])
export type StopName = z.infer<typeof StopName>

/** What is known of the person's way so far. */
export interface Seen {
  /** The run that they started; undefined until there is one, and until it has been read. */
  readonly run:
    | {
        readonly record: Pick<RunRecord, 'status' | 'branch'>
        readonly decisions: readonly Pick<DecisionRecord, 'status'>[]
      }
    | undefined
  /** Whether they are at that run, and what they have chosen there. */
  readonly choice: { readonly step: boolean; readonly checkpoint: boolean } | undefined
  /** Whether a run was made from it. */
  readonly isReplayed: boolean
}

interface Stop {
  readonly title: string
  readonly says: string
  /** Where it happens, as selectors: the first that is there and seen is marked. */
  readonly places: readonly string[]
  readonly isDone: (seen: Seen) => boolean
}

const toRuns = '.navigation a[href="/runs"]'

export const stops: Readonly<Record<StopName, Stop>> = {
  start: {
    title: 'Start a run',
    says: 'Under Workflows, press Start beside one. The form asks for what that workflow takes.',
    places: ['.screen:has(.start-page) .button.primary', '.screen a[href$="/start"]', '.navigation a[href="/workflows"]'],
    isDone: ({ run }) => run !== undefined,
  },
  watch: {
    title: 'Watch it run',
    says: 'What is drawn has been committed: a step that completed is not run again, even if the host dies. Choose a step to read what it took and gave.',
    places: ['.run-graph', '.screen [data-tab="graph"]', toRuns],
    isDone: (seen) => seen.choice?.step === true || isAnswered(seen),
  },
  decide: {
    title: 'Decide',
    says: 'The run stops where it needs you. Beside each answer stands what it leads to; what is shown may be edited first.',
    places: ['.answers', '.screen > .heading a[href^="/attention"]', '.navigation a[href="/attention"]'],
    isDone: isAnswered,
  },
  scrub: {
    title: 'Look back',
    says: 'Drag the playhead beneath the timeline, or press ← and →. The graph and the inspector show that moment; Esc goes back to now.',
    places: ['.run-timeline .plot[role="slider"]', '.screen [data-tab="timeline"]', toRuns],
    isDone: (seen) => seen.choice?.checkpoint === true || isSentBack(seen),
  },
  back: {
    title: 'Go back',
    says: 'Under Restore (B) stands what going back leads to, before you press: a branch begins, and what was stays. Under Replay begins a new run, which touches nothing outside until you arm it.',
    places: ['.restore-moment .button.primary', '.run-inspector [data-tab="restore"]', toRuns],
    isDone: isSentBack,
  },
  over: {
    title: 'That is all of it',
    says: 'What was, and what came of it, stand side by side under Restore and Replay. The search at the top finds every command and every run, and ? lists the keys.',
    places: [],
    isDone: () => false,
  },
}

/** A workflow that asks nobody is through with it once it has ended. */
function isAnswered(seen: Seen): boolean {
  const { run } = seen
  if (run === undefined) return false
  const isDecided = run.decisions.some(({ status }) => status === 'approved' || status === 'edited' || status === 'rejected')
  return isDecided || isEnded(run.record.status) || isSentBack(seen)
}

function isSentBack({ run, isReplayed }: Seen): boolean {
  return isReplayed || (run !== undefined && run.record.branch > 0)
}

/** The first stop from here that is not behind. */
export function nextStop(from: StopName, seen: Seen): StopName {
  return StopName.options.slice(StopName.options.indexOf(from)).find((name) => !stops[name].isDone(seen)) ?? 'over'
}

/** The stop after this one. */
export function stopAfter(name: StopName): StopName {
  return StopName.options[StopName.options.indexOf(name) + 1] ?? 'over'
}

/** `2 of 5`: the last is no stop but the end. */
export function numberOf(name: StopName): string | undefined {
  const last = StopName.options.length - 1
  const at = StopName.options.indexOf(name)
  return at === last ? undefined : `${at + 1} of ${last}`
}

/** A run that somebody started since then, and not one of a person's earlier ones or a replay. */
export function isOwn({ createdAt, origin }: { readonly createdAt: number; readonly origin: unknown }, since: number): boolean {
  return createdAt >= since && origin === null
}
