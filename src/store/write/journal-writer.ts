import type Database from 'better-sqlite3'
import type { HostEntry, JournalEntry, RunEntry } from '../../model/entry.ts'
import { type Crypt, ofWorkspace } from '../crypt/crypt.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { entryText } from '../format/entry.ts'
import { chain } from '../format/journal-digest.ts'
import { fromHex } from '../format/sha256.ts'
import { type JournalHead, journalReader } from '../read/journal.ts'
import type { Follower } from './group.ts'

/** Appends to the journal and knows where it ends, without asking for it each time. */
export class JournalWriter implements Follower {
  readonly #crypt: Crypt
  readonly #insert: Database.Statement<[number, number | null, string, Buffer]>
  #head: JournalHead

  constructor(db: Database.Database) {
    this.#crypt = cryptOf(db)
    this.#insert = db.prepare('INSERT INTO journal (position, run, body, digest) VALUES (?, ?, ?, ?)')
    this.#head = journalReader(db).head()
  }

  get head(): JournalHead {
    return this.#head
  }

  mark(): () => void {
    const head = this.#head
    return () => {
      this.#head = head
    }
  }

  /** `run` names the run that the entry is of, and its lineage, by their numbers. */
  append(entry: RunEntry | HostEntry, run: { readonly number: number; readonly lineage: number } | null): JournalEntry {
    const position = this.#head.position + 1
    const body = this.#crypt.sealText(run?.lineage ?? ofWorkspace, 'journal', [position], entryText(entry))
    const digest = chain(this.#head.digest, body)
    this.#insert.run(position, run?.number ?? null, body, fromHex(digest))
    this.#head = { position, digest }
    return { ...entry, position, digest }
  }
}
