/**
 * A run as it is on one of its branches.
 *
 * Invariants:
 * 1. Of another branch there is what this one took over from it, and nothing else: passes that had settled where it began,
 *    with the tries and the questions that led to that.
 * 2. What is asked again of the same run is the very same object.
 */
import { type Branch, branchName } from '../../../../model/branch.ts'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Instant } from '../../../../model/ids.ts'
import type { StepRecord } from '../../../../model/step.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { type Pass, passOf } from './followed-run.ts'

export interface OnBranch {
  /** The run's own record, but for what it says of another branch. */
  readonly detail: RunDetail
  /** Whether what was said of a pass belongs to it. */
  readonly holds: (pass: Pass) => boolean
}

const lines = new WeakMap<readonly Checkpoint[], Map<number, readonly Checkpoint[]>>()

/**
 * The moments of a branch from the run's first on: those up to where it began, and its own. `checkpoints` are all that the
 * run has, by number. Of a branch that is not known yet it is the line of the newest one.
 */
export function lineOf(
  checkpoints: readonly Checkpoint[],
  branches: readonly Branch[],
  branch: number,
): readonly Checkpoint[] {
  if (branches.length < 2) return checkpoints
  const own = branches.find(({ number }) => number === branch) ?? branches.at(-1)
  return remembered(lines, checkpoints, own?.number ?? branch, () => {
    const { parent = null, from = null } = own ?? {}
    const numbered = checkpoints.filter((checkpoint) => checkpoint.branch === own?.number)
    if (parent === null || from === null) return numbered
    return [...lineOf(checkpoints, branches, parent).filter(({ number }) => number <= from), ...numbered]
  })
}

const always = (): boolean => true
const details = new WeakMap<RunDetail, Map<number, OnBranch>>()

export function onBranch(detail: RunDetail, branch: number): OnBranch {
  return remembered(details, detail, branch, () =>
    detail.record.branch === 0 ? { detail, holds: always } : narrowed(detail, branch),
  )
}

function narrowed(detail: RunDetail, branch: number): OnBranch {
  const steps = detail.steps.filter((pass) => pass.branch === branch)
  const own = new Map(steps.map((pass) => [onAny(pass), pass]))
  // A pass keeps its generation over every branch that has it; one that begins anew has that of its branch.
  const isTakenOver = (pass: StepRecord): boolean =>
    pass.branch !== branch && own.get(onAny(pass))?.generation === pass.generation
  const taken = new Map(detail.steps.filter(isTakenOver).map((pass) => [passOf(pass), own.get(onAny(pass))?.endedAt ?? 0]))
  const holds = (pass: Pass): boolean => pass.branch === branch || taken.has(passOf(pass))
  /** What was done with a pass after it had settled belongs to the branch where it was done. */
  const isOf = (pass: Pass, at: Instant): boolean => pass.branch === branch || at <= (taken.get(passOf(pass)) ?? -1)
  const rows = {
    steps,
    attempts: detail.attempts.filter(
      (attempt) => isOf(attempt, attempt.startedAt) && (attempt.branch === branch || attempt.phase === 'run'),
    ),
    decisions: detail.decisions.filter((decision) => isOf(decision, decision.openedAt)),
    errors: detail.errors.filter(({ step, iteration, openedAt, ...error }) =>
      step === null || iteration === null ? error.branch === branch : isOf({ ...error, step, iteration }, openedAt),
    ),
  }
  const { record } = detail
  const asLeft = branch === record.branch ? record : { ...record, failure: null, loops: {}, endedAt: lastOf(rows) }
  return { detail: { ...detail, ...rows, record: asLeft }, holds }
}

/** When the last of it happened. */
function lastOf({ steps, attempts, decisions }: Pick<RunDetail, 'steps' | 'attempts' | 'decisions'>): Instant {
  const ends = [
    ...[...steps, ...attempts].map(({ startedAt, endedAt }) => endedAt ?? startedAt ?? 0),
    ...decisions.map(({ openedAt, closedAt }) => closedAt ?? openedAt),
  ]
  return ends.reduce((last, end) => Math.max(last, end), 0)
}

/** Names a pass on whichever branch. */
const onAny = ({ step, iteration }: Pick<Pass, 'step' | 'iteration'>): string => `${step}#${iteration}`

function remembered<K extends object, V>(known: WeakMap<K, Map<number, V>>, of: K, branch: number, make: () => V): V {
  const made = known.get(of) ?? new Map<number, V>()
  known.set(of, made)
  const value = made.get(branch) ?? make()
  made.set(branch, value)
  return value
}

/** The same in a sentence: a name that a person gave is quoted. */
export function branchInWords(branch: Parameters<typeof branchName>[0]): string {
  return typeof branch.name === 'string' ? `“${branch.name}”` : branchName(branch)
}
