/** Pages of a store's file, by what SQLite itself says of them, and ways in which one comes to be malformed. */
import Database from 'better-sqlite3'

export interface Page {
  readonly number: number
  /** Of the table or index that it is of. */
  readonly name: string
  readonly type: 'internal' | 'leaf' | 'overflow'
  readonly cells: number
  /** Whether what is appended to its table comes to stand there. */
  readonly isLast: boolean
}

export const pageBytes = 4_096

/** In their order in the file. */
export function everyPage(file: string): Page[] {
  const db = new Database(file, { readonly: true })
  const rows = db
    .prepare<[], Omit<Page, 'isLast'> & { path: string }>('SELECT pageno AS number, name, pagetype AS type, ncell AS cells, path FROM dbstat ORDER BY pageno')
    .all()
  db.close()
  return rows.map(({ path, ...page }) => ({
    ...page,
    isLast: !rows.some((other) => other.name === page.name && other.type === page.type && other.path > path),
  }))
}

/** The file with that page as something else. The first begins with the file's own header, which stays. */
export function malformed(file: Buffer, { number }: Page, kind: 'zeros' | 'noise' | 'another header'): Buffer {
  const bytes = Buffer.from(file)
  const at = (number - 1) * pageBytes + (number === 1 ? 100 : 0)
  const page = bytes.subarray(at, number * pageBytes)
  if (kind === 'another header') for (const [index, byte] of page.subarray(0, 8).entries()) page[index] = byte ^ 0xff
  else for (let index = 0; index < page.length; index += 1) page[index] = kind === 'zeros' ? 0 : (index * 167 + number * 59) % 251
  return bytes
}
