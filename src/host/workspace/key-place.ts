/**
 * A place that a workspace's key is kept in: a file, with those of before beside it and, while it is replaced, the next.
 *
 * Invariants:
 * 1. Whichever of them the store is wrapped by is the key, wherever the process that replaced it died.
 * 2. No key is thrown away: what another takes the place of stays beside it, called by its fingerprint, for backups that
 *    were made with it.
 */
import { existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fingerprintOf, type WorkspaceKey } from '../../store/crypt/workspace-key.ts'
import { syncFolder } from '../../store/sync-folder.ts'

export interface KeyPlace {
  /** Holds the key while none is being replaced. */
  readonly file: string
  /** The key in a file of this place; undefined where there is none. @throws StartRefused where there is one that cannot be used */
  readonly find: (file: string) => Promise<WorkspaceKey | undefined>
  /** Makes a key that nobody has had in a file of this place; it is on the disk when this resolves. */
  readonly make: (file: string) => Promise<WorkspaceKey>
}

/** Where the next key lies until the store is wrapped by it. */
export function nextOf({ file }: Pick<KeyPlace, 'file'>): string {
  return `${file}.next`
}

/** Where a key lies that another took the place of. */
export function keptOf({ file }: Pick<KeyPlace, 'file'>, fingerprint: string): string {
  return `${file}.${fingerprint}`
}

/** The key with that fingerprint, whichever of the files holds it; else what the place's own file holds. */
export async function keyAt(place: KeyPlace, fingerprint: string | undefined): Promise<WorkspaceKey | undefined> {
  const usual = await place.find(place.file)
  if (fingerprint === undefined || isOf(usual, fingerprint)) return usual
  for (const file of [nextOf(place), keptOf(place, fingerprint)]) {
    const key = await place.find(file)
    if (isOf(key, fingerprint)) return key
  }
  return usual
}

/** Has the next key take its place; the one before is kept beside. */
export async function takeNext(place: KeyPlace): Promise<void> {
  await keepUsual(place)
  renameSync(nextOf(place), place.file)
  await syncFolder(dirname(place.file))
}

/** Ends what a replacing that was killed has left, where the store's key is known. */
export async function settlePlace(place: KeyPlace, fingerprint: string | undefined): Promise<void> {
  const next = nextOf(place)
  if (fingerprint === undefined || !existsSync(next) || !isOf(await keyAt(place, fingerprint), fingerprint)) return
  // One that was cut off is nobody's key.
  const made = await place.find(next).catch(() => undefined)
  if (made === undefined) rmSync(next)
  else if (isOf(made, fingerprint)) await takeNext(place)
  else renameSync(next, keptOf(place, fingerprintOf(made)))
  await syncFolder(dirname(next))
}

/** A second name, under which it stays once the first is another's. */
async function keepUsual(place: KeyPlace): Promise<void> {
  const usual = await place.find(place.file)
  if (usual === undefined) return
  const kept = keptOf(place, fingerprintOf(usual))
  if (existsSync(kept)) return
  linkSync(place.file, kept)
  await syncFolder(dirname(kept))
}

function isOf(key: WorkspaceKey | undefined, fingerprint: string): key is WorkspaceKey {
  return key !== undefined && fingerprintOf(key) === fingerprint
}
