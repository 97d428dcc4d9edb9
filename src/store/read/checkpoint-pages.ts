import type Database from 'better-sqlite3'
import type { Checkpoint } from '../../model/checkpoint.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { checkpointPage, type CheckpointPage } from '../format/checkpoint-page.ts'
import { contentText } from '../format/content.ts'
import { checkpointText, readCheckpoint, type StateMap, type WholeCheckpoint } from '../format/delta.ts'
import type { RunRow } from '../format/rows.ts'
import { checkpointReader } from './checkpoints.ts'
import { ifWhole } from './if-whole.ts'
import { linkReader } from './links.ts'
import { isWithin, stubReader } from './stubs.ts'

/** Some checkpoints that are whole, and the numbers of those among them that are not. */
interface ReadLinks {
  readonly found: readonly WholeCheckpoint[]
  readonly damaged: readonly number[]
}

/**
 * Reads up to `limit` of the checkpoints of a run that are there, from `from` on, the damaged counted: these are told by their numbers.
 * Where some were removed, what comes first after them, or on a branch, says all of its state: what it changed is no longer told by
 * those before it. So does the first with a keyframe after a damaged one. The answer throws CorruptionFound where it cannot be
 * told which were removed.
 */
export function checkpointPageReader(db: Database.Database): (run: RunRow, from: number, limit: number) => CheckpointPage {
  const crypt = cryptOf(db)
  const stubsOf = stubReader(db)
  const links = linkReader(db)
  const { chain, state } = checkpointReader(db)
  const keyframe = db.prepare<[run: number, number: number], number>('SELECT number FROM keyframe WHERE run = ? AND number = ?').pluck()

  /** Those from one number to another at once; where that meets damage, by halves, until it is known which they are. */
  const wholeIn = (run: RunRow, from: number, to: number): ReadLinks => {
    const found = ifWhole(() => links(run, from, to))
    if (found !== undefined) return { found, damaged: [] }
    if (from === to) return { found: [], damaged: [from] }
    const middle = Math.floor((from + to) / 2)
    const [before, after] = [wholeIn(run, from, middle), wholeIn(run, middle + 1, to)]
    return { found: [...before.found, ...after.found], damaged: [...before.damaged, ...after.damaged] }
  }

  const stateAt = (run: RunRow, number: number): StateMap | undefined => ifWhole(() => state(run, number).state)

  return (run, from, limit) => {
    const { id } = run.record
    const stubs = stubsOf(run)
    const found: WholeCheckpoint[] = []
    const damaged: number[] = []
    for (let next = from; next < run.ledger.checkpoints && found.length + damaged.length < limit; ) {
      const first = stubs.find((stub) => stub.first <= next && next < stub.number)?.number ?? next
      const end = Math.min(first + limit - found.length - damaged.length, run.ledger.checkpoints)
      const read = wholeIn(run, first, end - 1)
      found.push(...read.found)
      damaged.push(...read.damaged)
      next = end
    }
    const texts = stubs.length > 0 || damaged.length > 0 ? undefined : ifWhole(() => found.map((link) => checkpointText(crypt, id, link)))
    if (texts !== undefined) return checkpointPage(id, found, texts, damaged)

    let before: Checkpoint | undefined = from === 0 || isWithin(stubs, from - 1) ? undefined : ifWhole(() => chain(run, from - 1, from - 1)[0])
    /** Whether what was changed since the last that says all of its state is told. */
    let isTold = true
    const told: { link: WholeCheckpoint; checkpoint: Checkpoint }[] = []
    for (const link of found) {
      const checkpoint = ifWhole(() => readCheckpoint(crypt, id, link))
      if (checkpoint === undefined) {
        damaged.push(link.number)
        continue
      }
      const { number, branch } = checkpoint
      if (branch !== before?.branch || stubs.some((stub) => stub.number === number) || damaged.includes(number - 1)) isTold = false
      before = checkpoint
      const whole: StateMap | undefined = isTold || ifWhole(() => keyframe.get(run.number, number)) === undefined ? undefined : stateAt(run, number)
      isTold ||= whole !== undefined
      const gone = checkpoint.changes.filter((change) => 'gone' in change)
      told.push({ link, checkpoint: whole === undefined ? checkpoint : { ...checkpoint, changes: [...gone, ...whole.values()] } })
    }
    return checkpointPage(id, told.map(({ link }) => link), told.map(({ checkpoint }) => contentText(checkpoint)), damaged)
  }
}
