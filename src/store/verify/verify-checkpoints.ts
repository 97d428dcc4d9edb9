/**
 * Checkpoints of a run, a part at a time.
 *
 * Invariants:
 * 1. Each damaged one is a finding of its own, and what comes behind it is looked at all the same.
 * 2. A keyframe is held against what the changes before it add up to where that is known: behind damage, from the next whole
 *    keyframe on.
 * 3. Of what is damaged throughout, no more is found than somebody reads.
 */
import type Database from 'better-sqlite3'
import { type Checkpoint, type StateChange, takeChange } from '../../model/checkpoint.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { openKeyframe, sealKeyframe, type StateMap } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { chainReader } from '../read/chain.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { ifWhole } from '../read/if-whole.ts'
import { checksumsReader } from '../read/link-over.ts'
import { isWithin, stubReader } from '../read/stubs.ts'
import { standingKeyframes, type StoredKeyframe } from '../read/standing-keyframes.ts'
import type { Findings } from './findings.ts'
import { FirstFound } from './first-found.ts'
import { linksVerifier } from './verify-links.ts'

/** For each branch but the first, the checkpoint that it starts from. */
export type Starts = ReadonlyMap<number, number>

export interface Looked {
  readonly whole: readonly Checkpoint[]
  /** How many there are, damaged or not. */
  readonly count: number
}

/**
 * Checks checkpoints of a run from one number to another, both included: their chain, and that each keyframe is what the
 * changes before it add up to. Where what comes before was removed, the keyframe there is what it begins with. `starts` is undefined where
 * the rows of branches are damaged. The answer throws CorruptionFound where the run's stubs are.
 */
export function checkpointVerifier(
  db: Database.Database,
  findings: Findings,
): (run: RunRow, from: number, to: number, starts: Starts | undefined) => Looked {
  const crypt = cryptOf(db)
  const { state } = checkpointReader(db)
  const stubsOf = stubReader(db)
  const chainOf = chainReader(db)
  const links = linksVerifier(db)
  const checksumsOf = checksumsReader(db)
  const keyframesOf = standingKeyframes(db)

  return (run, from, to, starts) => {
    const { id } = run.record
    const damaged = { checkpoint: new FirstFound(), keyframe: new FirstFound() }
    const { keyframes, unread } = keyframesOf(run.number, from, to)
    const [firstUnread] = unread
    if (firstUnread !== undefined) damaged.keyframe.add(firstUnread, 'those on its page cannot be read')
    const stubs = stubsOf(run)
    const behindGap = new Set(stubs.map(({ number }) => number))
    const chain = chainOf(run, stubs)
    const stateAt = (number: number) => (isWithin(stubs, number) ? undefined : ifWhole(() => state(run, number)))
    const before = from === 0 ? undefined : stateAt(from - 1)
    /** Undefined where it is not known. */
    let now: Map<string, StateChange> | undefined = from === 0 ? new Map() : before && new Map(before.state)
    let branch = from === 0 ? 0 : before?.checkpoint.branch
    if (from > 0 && before === undefined) findings.couldNotSee()
    let count = 0
    const whole: Checkpoint[] = []

    /** What a keyframe says; undefined where it is damaged. */
    const opened = (checkpoint: Checkpoint, keyframe: StoredKeyframe): StateMap | undefined => {
      try {
        return openKeyframe(crypt, checkpoint, keyframe)
      } catch (error) {
        if (!(error instanceof CorruptionFound || error instanceof SyntaxError)) throw error
        damaged.keyframe.add(checkpoint.number, error instanceof CorruptionFound ? error.detail : error.message)
        return undefined
      }
    }
    /** At a damaged checkpoint it goes over what that one's checksum was, as far as that can be told. */
    const lookBeside = (number: number, keyframe: StoredKeyframe): void => {
      for (const checksum of checksumsOf(chain, number)) {
        if (checksum !== null && ifWhole(() => openKeyframe(crypt, { run: id, number, checksum }, keyframe)) !== undefined) return
      }
      damaged.keyframe.add(number, 'its checksum does not match; its checkpoint is damaged too, which may be why')
    }
    /** What a branch begins with, or what comes behind removed ones; undefined where that is not known. */
    const beginning = (checkpoint: Checkpoint, isFirst: boolean): StateMap | undefined => {
      if (!keyframes.has(checkpoint.number) && !unread.has(checkpoint.number)) damaged.keyframe.add(checkpoint.number, `branch ${checkpoint.branch} does not begin with one`)
      if (starts === undefined || checkpoint.branch === 0) return undefined
      const start = starts.get(checkpoint.branch)
      if (start === undefined) damaged.keyframe.add(checkpoint.number, `branch ${checkpoint.branch} starts nowhere`)
      return start === undefined || isFirst ? undefined : stateAt(start)?.state
    }

    try {
      for (const { number, isThere, said } of links(run, stubs, from, to)) {
        const keyframe = keyframes.get(number)
        if (isThere) count += 1
        if (typeof said === 'string') {
          damaged.checkpoint.add(number, said)
          if (isThere && keyframe !== undefined) lookBeside(number, keyframe)
          now = undefined
          branch = undefined
          continue
        }
        whole.push(said)
        findings.sawWhole('checkpoint', `${id}/${number}`)
        const isFirst = behindGap.has(number)
        if (isFirst || (branch !== undefined && said.branch !== branch)) {
          const begins = beginning(said, isFirst)
          now = begins && new Map(begins)
        }
        branch = said.branch
        if (now !== undefined) for (const change of said.changes) takeChange(now, change)
        if (keyframe === undefined) continue
        const kept = opened(said, keyframe)
        const text = (read: StateMap): string => sealKeyframe(said.checksum, read).text
        const isHeldAgainst = now !== undefined || isFirst
        if (now === undefined) now = kept && new Map(kept)
        else if (kept !== undefined && text(now) !== text(kept)) damaged.keyframe.add(number, 'it is not what the changes before it add up to')
        if (kept !== undefined && isHeldAgainst) findings.sawWhole('keyframe', `${id}/${number}`)
      }
    } finally {
      for (const [object, found] of Object.entries(damaged)) found.tell(findings, object, id)
    }
    return { whole, count }
  }
}
