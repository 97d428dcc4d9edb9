/** What can be done to many runs at once, in words, and which of them it is meant for. */
import { Ban, CirclePause, type LucideIcon, Play } from 'lucide-react'
import type { Each } from '../../../../contract/each.ts'
import { counted } from '../../../../model/counted.ts'
import type { RunStatus } from '../../../../model/status.ts'
import type { RunSummary } from '../../../../model/views.ts'

export type ActionName = Each['action']

export interface Action {
  readonly verb: string
  readonly done: string
  readonly icon: LucideIcon
  /** What follows from it, in a sentence or two. */
  readonly consequence: string
  /** The statuses of runs that it is meant for; the host has the last word. */
  readonly statuses: readonly RunStatus[]
  /** Why it cannot be done to any of them. */
  readonly unfit: string
}

export const actions: Readonly<Record<ActionName, Action>> = {
  pause: {
    verb: 'Pause',
    done: 'Paused',
    icon: CirclePause,
    consequence: 'No further attempt of them starts; attempts under way may end. Resuming goes on from there.',
    statuses: ['queued', 'running', 'waiting'],
    unfit: 'none of them is under way',
  },
  resume: {
    verb: 'Resume',
    done: 'Resumed',
    icon: Play,
    consequence: 'They go on from where they were paused: what is ready starts at once.',
    statuses: ['paused'],
    unfit: 'none of them is paused',
  },
  cancel: {
    verb: 'Cancel',
    done: 'Cancelled',
    icon: Ban,
    consequence:
      'Each stops where it stands: attempts under way are cut off, and steps that declare a compensation are compensated. Nothing that was recorded is lost.',
    statuses: ['queued', 'running', 'waiting', 'paused', 'compensating'],
    unfit: 'all of them have ended',
  },
}

/** Of these the runs that it is meant for. */
export function fitting({ statuses }: Action, runs: Iterable<RunSummary>): RunSummary[] {
  return [...runs].filter(({ status }) => statuses.includes(status))
}

/** The query, finding only runs that it is meant for. */
export function narrowed({ statuses }: Action, query: string): string {
  return `${query} status:${statuses.join(',')}`.trim()
}

/** `1 run`, `4,218 runs` */
export function runsInWords(count: number): string {
  return counted(count, 'run')
}
