/**
 * The runs that say a text. It is looked for in everything that is said when it is asked for first, and from then on in what
 * has been said since: a list that is scrolled or kept up to date costs no more than its runs.
 *
 * Invariants:
 * 1. What was heard is in tables of the connection alone (`asked`, `heard`), and goes with it.
 * 2. What is said is said for good, under ids that only grow: a run that is removed takes it along, and comes never again.
 */
import type Database from 'better-sqlite3'

/** Texts that are remembered, beside those that are being asked for. */
const mostTexts = 8

/** Answers what has the runs that say these texts stand in `heard`. To be called within the transaction that asks for them. */
export function hearing(index: Database.Database): (texts: readonly string[]) => void {
  index.exec(`
    CREATE TEMP TABLE asked (text TEXT PRIMARY KEY, up_to INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE heard (text TEXT NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (text, run)) STRICT, WITHOUT ROWID;
  `)
  const newest = index.prepare<[], number | null>('SELECT max(id) FROM said').pluck()
  const remembered = index.prepare<[], number>('SELECT count(*) FROM asked').pluck()
  const heardUpTo = index.prepare<[string], number>('SELECT up_to FROM asked WHERE text = ?').pluck()
  // Twice as fast as to look with instr.
  const hear = index.prepare<[string, number, string]>(
    'INSERT OR IGNORE INTO heard (text, run) SELECT ?, run FROM said WHERE id > ? AND body GLOB ?',
  )
  const remember = index.prepare<[string, number]>(
    'INSERT INTO asked (text, up_to) VALUES (?, ?) ON CONFLICT DO UPDATE SET up_to = excluded.up_to',
  )

  return (texts) => {
    const last = newest.get() ?? 0
    if ((remembered.get() ?? 0) > mostTexts) index.exec('DELETE FROM asked; DELETE FROM heard')
    for (const text of new Set(texts)) {
      const upTo = heardUpTo.get(text) ?? 0
      if (upTo < last) hear.run(text, upTo, anywhere(text))
      remember.run(text, last)
    }
  }
}

/** What GLOB reads as something else is read as itself in brackets. */
function anywhere(text: string): string {
  return `*${text.replaceAll(/[*?[]/g, '[$&]')}*`
}
