/**
 * The limit: better-sqlite3 alone, which writes for each step all the rows that an engine like this one has to keep (the
 * value, the checkpoint, the attempt's end and the next one's start, the run, the journal), each hashed, each step in a
 * savepoint, what one turn of the event loop brings in one transaction. It decides nothing, reads nothing, and never
 * copies its WAL.
 */
import { hash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Contender, Durability } from './contender.ts'
import { payloads } from './payload.ts'

const levels = { full: 'FULL', normal: 'NORMAL' } as const

const schema = `
  CREATE TABLE value (address BLOB NOT NULL, body BLOB NOT NULL);
  CREATE TABLE checkpoint (run INTEGER, number INTEGER, content TEXT, checksum BLOB, PRIMARY KEY (run, number)) WITHOUT ROWID;
  CREATE TABLE attempt (run INTEGER, step INTEGER, content TEXT, checksum BLOB, PRIMARY KEY (run, step)) WITHOUT ROWID;
  CREATE TABLE run (number INTEGER PRIMARY KEY, content TEXT, checksum BLOB);
  CREATE TABLE journal (position INTEGER PRIMARY KEY, body TEXT, digest BLOB);
`

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')

function openFile(folder: string, durability: Durability): Database.Database {
  mkdirSync(folder, { recursive: true })
  const db = new Database(join(folder, 'bare.db'))
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${levels[durability]}`)
  db.exec(schema)
  // To copy the WAL takes ten milliseconds at a time: whoever does that does it beside.
  db.pragma('wal_autocheckpoint = 0')
  return db
}

export const bare: Contender = {
  open: async ({ folder, durability }, steps) => {
    const db = openFile(folder, durability)
    const value = db.prepare('INSERT INTO value VALUES (?, ?)')
    const checkpoint = db.prepare('INSERT INTO checkpoint VALUES (?, ?, ?, ?)')
    const attempt = db.prepare('INSERT INTO attempt VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET content = excluded.content, checksum = excluded.checksum')
    const run = db.prepare('INSERT INTO run VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET content = excluded.content, checksum = excluded.checksum')
    const journal = db.prepare('INSERT INTO journal VALUES (?, ?, ?)')
    const answer = payloads(1, 1_000)
    let runs = 0
    let position = 0
    const before = new Map<number, Buffer>()

    const transition = db.transaction((number: number, step: number): void => {
      const body = answer()
      const address = digest(body)
      value.run(address, body)
      const at = Date.now()
      const content = JSON.stringify([{ run: number, number: step, type: 'step_complete', at }, [{ key: `output/s${step}/1`, address: address.toString('hex') }]])
      const parent = before.get(number)?.toString('hex') ?? ''
      const checksum = digest(parent + content)
      before.set(number, checksum)
      checkpoint.run(number, step, content, checksum)
      for (const [of, status] of [[step, 'completed'], [step + 1, 'running']] as const) {
        const row = JSON.stringify({ step: of, iteration: 1, attempt: 1, status, startedAt: at, endedAt: at, failure: null })
        attempt.run(number, of, row, digest(row))
      }
      const record = JSON.stringify({ number, version: step, status: 'running', head: step, checksum: checksum.toString('hex'), updatedAt: at })
      run.run(number, record, digest(record))
      const events = JSON.stringify({ at, run: number, events: ['attempt_ended', 'step_completed', 'checkpoint_taken', 'attempt_started'] })
      journal.run((position += 1), events, digest(events))
    })

    let jobs: (readonly [number, number, () => void])[] = []
    const group = db.transaction((all: typeof jobs) => all.forEach(([number, step]) => transition(number, step)))
    const flush = (): void => {
      const all = jobs
      jobs = []
      group.immediate(all)
      for (const [, , told] of all) told()
    }
    const commit = (number: number, step: number): Promise<void> =>
      new Promise((resolve) => {
        if (jobs.length === 0) setImmediate(flush)
        jobs.push([number, step, resolve])
      })

    return {
      run: async () => {
        const number = (runs += 1)
        for (let step = 0; step < steps; step += 1) await commit(number, step)
        before.delete(number)
      },
      [Symbol.asyncDispose]: () => Promise.resolve(void db.close()),
    }
  },
}
