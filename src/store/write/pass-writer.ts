import type Database from 'better-sqlite3'
import { StorageFailed } from '../../model/storage-errors.ts'
import type { AttemptRecord, StepRecord } from '../../model/step.ts'
import { attemptFormat, passFormat, passKey } from '../format/rows.ts'
import { newestOf, withNewest } from '../format/pass.ts'
import { rowWriter, type Writing } from './row-writer.ts'

type Pass = Pick<StepRecord, 'branch' | 'step' | 'iteration'>

/** Writes passes, each with the newest attempt at it; an earlier attempt gets a row of its own when the next one begins. */
export function passWriter(db: Database.Database) {
  const passes = rowWriter(db, passFormat, (rows) => rows.passes)
  const earlier = rowWriter(db, attemptFormat, (rows) => rows.attempts)

  /** Answers how many attempts began. @throws StorageFailed where there is no such pass */
  const put = (writing: Writing, pass: Pass, changed: StepRecord | undefined, tried: readonly AttemptRecord[]): number => {
    const before = passes.find(writing, passKey(pass))
    const record = changed ?? before?.value
    if (record === undefined) throw new StorageFailed(`there is no pass ${pass.step}#${pass.iteration} for an attempt to be of`)

    const stood = before && newestOf(before.value)
    const isChanged = stood === undefined || tried.some(({ attempt }) => attempt === stood.attempt)
    const attempts = isChanged ? [...tried] : [stood, ...tried]
    attempts.sort((a, b) => a.attempt - b.attempt)
    const newest = attempts.pop()
    for (const attempt of attempts) earlier.put(writing, attempt)
    passes.replace(writing, before, withNewest(record, newest))
    const known = Math.max(before?.value.attempts ?? 0, stood?.attempt ?? 0)
    return tried.filter(({ attempt }) => attempt > known).length
  }

  /** Writes what changed, and answers how many attempts began. @throws CorruptionFound, StorageFailed */
  return (writing: Writing, steps: readonly StepRecord[], attempts: readonly AttemptRecord[]): number => {
    let begun = 0
    for (const step of steps) begun += put(writing, step, step, attempts.filter((attempt) => isAt(attempt, step)))
    for (const attempt of attempts) {
      if (!steps.some((step) => isAt(attempt, step))) begun += put(writing, attempt, undefined, [attempt])
    }
    return begun
  }
}

function isAt(attempt: AttemptRecord, { branch, step, iteration }: Pass): boolean {
  return attempt.step === step && attempt.iteration === iteration && attempt.branch === branch
}
