import { bytes } from '../../../model/bytes.ts'
import { type Amount, countIn, type RemovedCheckpoints, type Retained, type RetentionPlan, type RetentionProgress, type RetentionRule, type StayReason } from '../../../model/retention.ts'
import { counted } from '../../../model/counted.ts'

export const ruleWords: Readonly<Record<RetentionRule, string>> = {
  runs: 'more runs than max_runs',
  age: 'ended longer ago than max_age',
  size: 'beyond max_size',
  branches: 'of runs with more branches than max_branches',
  checkpoints: 'of branches with more checkpoints than max_checkpoints',
}

const why: Readonly<Record<StayReason, string>> = {
  kept: 'a person keeps it',
  damaged: 'damage was found of it',
  replayed: 'a replay of it has not ended',
  child: 'its parent is there, and may have to undo it',
}

/** Why those stay that are named, each reason once. */
export function whyWords(staying: RetentionPlan['staying']): string {
  return [...new Set(staying.map((run) => why[run.why]))].join(', or ')
}

/** The runs that go, or where none does, the checkpoints of runs that stay. */
export function amountWords({ runs, checkpoints }: Pick<Amount, 'runs' | 'checkpoints'>): string {
  return runs === 0 ? counted(checkpoints, 'checkpoint') : counted(runs, 'run')
}

/** How far a removal has come, in runs or, where none is to go any more, in checkpoints. */
export function progressWords({ of, bytes: size, ...gone }: Omit<RetentionProgress, 'type'>): string {
  const isOfRuns = gone.runs < of.runs || of.checkpoints === 0
  const done = isOfRuns ? gone.runs : gone.checkpoints
  return `${done.toLocaleString('en')} of ${isOfRuns ? counted(of.runs, 'run') : counted(of.checkpoints, 'checkpoint')}, ${bytes(size)}`
}

/** What has become of the store's file. */
export function sizeWords({ returned, givesBack }: Pick<Retained, 'returned' | 'givesBack'>): string {
  return givesBack ? `the store is ${bytes(returned)} smaller` : 'the store keeps its size until the host starts next, which gives the room back to the disk'
}

/** How many checkpoints these are, as words. */
export function checkpointsIn(removed: readonly RemovedCheckpoints[]): string {
  return counted(countIn(removed), 'checkpoint')
}
