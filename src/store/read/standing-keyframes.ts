import type Database from 'better-sqlite3'
import { ifWhole } from './if-whole.ts'

export interface StoredKeyframe {
  readonly number: number
  readonly body: unknown
  readonly checksum: unknown
}

export interface StandingKeyframes {
  readonly keyframes: ReadonlyMap<number, StoredKeyframe>
  /** Checkpoints of which it cannot be read whether they have one, and which, in their order. */
  readonly unread: ReadonlySet<number>
}

/** The keyframes of a run from one checkpoint to another, both included, as they stand. */
export function standingKeyframes(db: Database.Database): (run: number, from: number, to: number) => StandingKeyframes {
  const columns = 'SELECT number, body, checksum FROM keyframe WHERE run = ?'
  const between = db.prepare<[number, number, number], StoredKeyframe>(`${columns} AND number BETWEEN ? AND ? ORDER BY number`)
  const at = db.prepare<[number, number], StoredKeyframe>(`${columns} AND number = ?`)
  const byNumber = (all: readonly StoredKeyframe[]): Map<number, StoredKeyframe> => new Map(all.map((keyframe) => [keyframe.number, keyframe]))

  return (run, from, to) => {
    const all = ifWhole(() => between.all(run, from, to))
    if (all !== undefined) return { keyframes: byNumber(all), unread: new Set() }
    const found: StoredKeyframe[] = []
    const unread = new Set<number>()
    for (let number = from; number <= to; number += 1) {
      const stands = ifWhole(() => ({ keyframe: at.get(run, number) }))
      if (stands === undefined) unread.add(number)
      else if (stands.keyframe !== undefined) found.push(stands.keyframe)
    }
    return { keyframes: byNumber(found), unread }
  }
}
