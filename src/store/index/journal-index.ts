/**
 * The index beside the store: tables derived from the journal, in a file of their own that may be deleted at any time.
 *
 * Invariants:
 * 1. The tables and the position that they are as of move in one transaction.
 * 2. It only ever reads the store, and answers as of one committed moment of it.
 * 3. An entry that is damaged is gone past: the store's verification is what tells of it. It is remembered, and once it is whole
 *    as the index is opened, that is made anew.
 * 4. Where the file is missing, of another version, of another store or broken, it is made anew, from nothing.
 */
import Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import { genesis } from '../format/journal-digest.ts'
import { type JournalHead, journalReader } from '../read/journal.ts'
import { openReader } from '../crypt/open-reader.ts'
import type { WorkspaceKey } from '../crypt/workspace-key.ts'
import { faultOf } from '../sqlite/fault.ts'
import { atOnce } from '../sqlite/at-once.ts'
import { damageOf, malformedOf } from '../sqlite/reading.ts'
import { type IndexAnswers, indexAnswers } from './answers.ts'
import { IndexBroken } from './index-broken.ts'
import { type IndexFile, makeIndexFile, openIndexFile } from './index-file.ts'
import type { Follow } from './projection.ts'
import { projections } from './projections.ts'
import { sliceReader } from './slice.ts'

/** KiB of the store's pages: the rows of a run that a slice speaks of stand near each other, and several projections read them. */
const cache = 8_192

interface Open {
  readonly file: IndexFile
  readonly follows: readonly Follow[]
  readonly answers: IndexAnswers
}

/** How far the index has come, and how far there is to go. */
export interface Progress {
  readonly position: number
  readonly head: number
}

export class JournalIndex {
  readonly #paths: { readonly store: string; readonly index: string }
  readonly #store: Database.Database
  readonly #journal
  readonly #slice
  #open: Open | undefined
  /** The entry that was read last. */
  #mark: JournalHead = { position: 0, digest: genesis }

  /** The store must be there; it is opened for reading. */
  constructor(paths: { readonly store: string; readonly index: string }, key: WorkspaceKey | null = null) {
    this.#paths = paths
    this.#store = openReader(paths.store, key)
    this.#store.pragma(`cache_size = -${cache}`)
    this.#journal = journalReader(this.#store)
    this.#slice = sliceReader(this.#store)
  }

  /** Follows up to `most` entries of the journal. @throws CorruptionFound, where it does not say where it ends */
  follow(most: number): Progress {
    return this.#mending((open) => {
      const head = this.#catchUp(open, most)
      return { position: this.#mark.position, head }
    })
  }

  /**
   * Follows up to `most` entries, then answers. A disk that takes nothing more keeps no answer back: it is as of where the index came to.
   * @throws StorageFailed where there is none yet, and none can be made; CorruptionFound
   */
  answer<T>(most: number, call: (answers: IndexAnswers) => T): T {
    return this.#mending((open) => {
      this.#catchUpWhereItCan(open, most)
      return this.#atOnce(() => open.file.db.transaction(() => call(open.answers)).deferred())
    })
  }

  close(): void {
    this.#open?.file.db.close()
    this.#store.close()
  }

  /** Reads the store as it is at one moment. */
  #atOnce<T>(read: () => T): T {
    return atOnce(this.#store, read)
  }

  /** Where the index is broken, it is made anew and acted on again, once. */
  #mending<T>(act: (open: Open) => T): T {
    try {
      return this.#acting(act)
    } catch (error) {
      throw faultOf(this.#paths.index, error) ?? error
    }
  }

  #acting<T>(act: (open: Open) => T): T {
    try {
      return act((this.#open ??= this.#opened(openIndexFile(this.#paths.index, projections))))
    } catch (error) {
      if (!isBroken(error)) throw error
    }
    this.#open?.file.db.close()
    this.#open = undefined
    // A new index is whole: what is damaged is the store. All that is asked of that is looked up in its schema as it is opened.
    this.#open = this.#orDamage(damageOf, () => this.#opened(makeIndexFile(this.#paths.index, projections)))
    const open = this.#open
    return this.#orDamage(malformedOf, () => act(open))
  }

  #orDamage<T>(damage: typeof damageOf, work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw damage(this.#paths.store, error) ?? error
    }
  }

  #opened(file: IndexFile): Open {
    try {
      const { db, mark, passed } = file
      if (this.#journal.digestAt(mark.position) !== mark.digest) throw new IndexBroken('it is of another journal')
      const stillDamaged = (): readonly Position[] => {
        const positions = passed()
        const whole = positions.find((each) => !this.#journal.isDamaged(each))
        if (whole !== undefined) throw new IndexBroken(`it has gone past entry ${whole}, which is whole`)
        return positions
      }
      stillDamaged()
      this.#mark = mark
      const position = (): number => this.#mark.position
      const follows = projections.map(({ follow }) => follow(db, this.#store))
      return { file, follows, answers: indexAnswers({ index: db, store: this.#store, position, passed: stillDamaged }) }
    } catch (error) {
      file.db.close()
      throw error
    }
  }

  #catchUpWhereItCan(open: Open, most: number): void {
    try {
      this.#catchUp(open, most)
    } catch (error) {
      const fault = faultOf(this.#paths.index, error)?.fault
      if (fault !== 'full' && fault !== 'read_only' && fault !== 'failing') throw error
    }
  }

  /** Answers where the journal ended when it was read. */
  #catchUp({ file, follows }: Open, most: number): number {
    const { head, last, damaged, writes } = this.#atOnce(() => {
      const whole = this.#journal.wholeAfter(this.#mark.position, most)
      const slice = this.#slice(whole)
      return { head: this.#journal.end().position, last: whole.last, damaged: whole.damaged, writes: follows.map((follow) => follow(slice)) }
    })
    if (last === undefined) return head
    file.db
      .transaction(() => {
        for (const write of writes) write()
        file.moveTo(last, damaged)
      })
      .immediate()
    this.#mark = last
    return head
  }
}

/** What SQLite says of a file that is damaged or missing, and of one whose tables are not ours. */
const broken = /^SQLITE_(CORRUPT|NOTADB|FORMAT|CONSTRAINT|CANTOPEN|MISMATCH)/
const foreign = /^no such (table|column)/

function isBroken(error: unknown): boolean {
  if (error instanceof IndexBroken) return true
  return error instanceof Database.SqliteError && (broken.test(error.code) || foreign.test(error.message))
}
