/** Has a workspace's store be encrypted that was not, and what lies beside it. No host runs meanwhile. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../effects/clock.ts'
import { sealKept } from '../effects/mail-catcher/seal-kept.ts'
import { systemRandomness } from '../effects/randomness.ts'
import { halvesIn } from '../store/backup/making-folder.ts'
import { encryptStore, withFileSeals } from '../store/crypt/encrypt-store.ts'
import { filesOf, overwriteAway, overwriteIndex } from '../store/crypt/overwrite.ts'
import { keyringIn } from '../store/crypt/peek.ts'
import { fingerprintOf } from '../store/crypt/workspace-key.ts'
import { storePaths } from '../store/paths.ts'
import { alone } from './alone.ts'
import { startTrouble } from './own.ts'
import { userName } from './user-name.ts'
import { refusedKey } from './workspace/key-file.ts'
import { keyFor, type KeySources, wayToKey } from './workspace/key.ts'
import type { Layout } from './workspace/layout.ts'

export interface Encrypted {
  readonly fingerprint: string
  /** Files of before that were overwritten, and are gone. */
  readonly overwritten: readonly string[]
  /** How many files of caught mail others took the place of, which are encrypted: those of before were not overwritten. */
  readonly sealed: number
  /** Copies of the store as it was: they hold what they held, for all to read who may read them. */
  readonly left: readonly string[]
}

/** Begun again after a kill, it does what is left to do. @throws StartRefused; then the store is as it was, unless the message says that it is encrypted */
export async function encrypt(workspace: string, keys?: KeySources): Promise<Encrypted> {
  return alone(workspace, async ({ layout, config }) => {
    const key = await keyFor(layout, config, keys)
    if (key === null) throw refusedKey(`there is no key to encrypt the store of ${layout.root} with: ${wayToKey}`)
    const randomness = systemRandomness()
    const parts = { workspace: layout.root, key, clock: systemClock, randomness, actor: { kind: 'person' as const, name: userName() } }
    return startTrouble(layout, async () => {
      const { store, index, incoming } = storePaths(layout.root)
      // One that was killed may have left the index of before.
      const stored = keyringIn(store) === null ? await encryptStore(parts) : await overwriteIndex(index)
      // Nobody brings a backup back now: one who did was killed.
      const unfinished = await overwriteAway(filesOf(incoming))
      const sealed = await withFileSeals(parts, (seals) => sealKept(layout.mail, seals))
      // What code and people wrote stands in them.
      const logged = await overwriteAway(await filesIn(layout.logs))
      await rm(layout.logs, { recursive: true, force: true })
      return { fingerprint: fingerprintOf(key), overwritten: [...stored, ...unfinished, ...logged], sealed, left: await plainCopies(layout) }
    })
  }, keys)
}

async function plainCopies({ private: inside, backups }: Layout): Promise<string[]> {
  const replaced = (await filesIn(inside)).filter((file) => /store-[^/]*\.db$/.test(file))
  const made = (await filesIn(backups)).filter((file) => file.endsWith('.db'))
  return [...replaced, ...made, ...(await halvesIn(backups))].filter((file) => keyringIn(file) === null)
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name))
}
