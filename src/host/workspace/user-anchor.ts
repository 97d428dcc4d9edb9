/**
 * Where the journal of a workspace had come to, kept with its user and outside the workspace: a store that was put back together with
 * the anchor beside it shows.
 *
 * Invariants:
 * 1. It is of one store: another at the same place (one made anew, or encrypted since) begins with another entry, and is taken as it is.
 * 2. It may be behind, and is never ahead of what is committed. Where it is not there, nothing is said.
 * 3. Once it does not fit, it stays as it is until the store fits again, or a person has put one in its place.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Position } from '../../model/entry.ts'
import type { Failure } from '../../model/failure.ts'
import { Checksum } from '../../model/ids.ts'
import { asItIs } from '../../model/integrity.ts'
import type { Store } from '../../store/open-store.ts'
import { settingsFolder } from './places.ts'
import { replaceFile } from './replace-file.ts'

const Anchor = z.object({
  /** For whoever looks into the file. */
  workspace: z.string(),
  /** The digest of the first entry. */
  begins: Checksum,
  position: Position,
  digest: Checksum,
})

type Anchored = Pick<Store, 'head' | 'digestAt'>

/** What is wrong with the store, as far as its user's anchor tells; null where nothing is. */
export function userAlarm(root: string, store: Anchored): Failure | null {
  const known = anchorOf(root)
  if (known === undefined || store.digestAt(1) !== known.begins || store.digestAt(known.position) === known.digest) return null
  return {
    class: 'corruption',
    name: 'StorePutBack',
    message: `the journal ends at entry ${store.head().position}, and has not the entry ${known.position} that it had for this user before (${fileOf(root)})`,
    wayOut: `somebody or something put an older store back, and its anchor with it: bring back what was there, or a backup; ${asItIs}`,
  }
}

/** Remembers where the journal is, unless what is known of it does not fit. @throws Error where the file cannot be written */
export function anchorWithUser(root: string, store: Anchored): void {
  const head = store.head()
  const begins = store.digestAt(1)
  if (begins === undefined || anchorOf(root)?.digest === head.digest || userAlarm(root, store) !== null) return
  const file = fileOf(root)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  replaceFile(file, `${JSON.stringify({ workspace: root, begins, position: head.position, digest: head.digest })}\n`)
}

/** A person has put another store there. */
export function forgetUserAnchor(root: string): void {
  rmSync(fileOf(root), { force: true })
}

function anchorOf(root: string): z.infer<typeof Anchor> | undefined {
  try {
    return Anchor.parse(JSON.parse(readFileSync(fileOf(root), 'utf8')))
  } catch {
    return undefined
  }
}

/** Two folders have two files, whatever they are called. */
function fileOf(root: string): string {
  return join(settingsFolder(), 'anchors', `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.json`)
}
