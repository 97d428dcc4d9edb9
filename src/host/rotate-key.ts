/** Another key for a workspace's store. No host runs meanwhile. */
import { existsSync, linkSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemClock } from '../effects/clock.ts'
import { systemRandomness } from '../effects/randomness.ts'
import { rotateStore } from '../store/crypt/rotate.ts'
import { fingerprintOf, type WorkspaceKey } from '../store/crypt/workspace-key.ts'
import { syncFolder } from '../store/sync-folder.ts'
import { alone } from './alone.ts'
import { startTrouble } from './own.ts'
import { StartRefused } from './start-refused.ts'
import { userName } from './user-name.ts'
import { makeKeyFile, readKeyFile } from './workspace/key-file.ts'
import { keyFileFor, keyFor, nextOf } from './workspace/key.ts'

export interface Rotated {
  /** How many data keys are wrapped by the new key now. */
  readonly keys: number
  readonly fingerprint: string
  /** The file that holds the new key. */
  readonly file: string
  /** The file that holds the one before, where the new one took the place of it: backups of before are opened with that. */
  readonly kept: string | null
}

/**
 * Wraps the data keys of a workspace's store by another key: that of a file, or one that is made and takes the place of the
 * one before it in its file; that is kept beside.
 * @throws StartRefused
 */
export async function rotateKey(workspace: string, given: string | undefined): Promise<Rotated> {
  return alone(workspace, async ({ layout, config }) => {
    const from = await keyFor(layout, config)
    if (from === null) throw new StartRefused('key', `${layout.root} names no key: its store is not encrypted, or its key is to be given`)
    const file = keyFileFor(layout, config)
    const next = given ?? (file === undefined ? undefined : nextOf(file))
    if (next === undefined) {
      throw new StartRefused('key', 'the key comes from CAIRN_KEY: make another with cairn make-key FILE, and name the file with --to')
    }
    if (given === undefined) await makeKeyFile(next)
    const to = readKeyFile(next)
    const kept = given === undefined && file !== undefined ? keep(file, from) : null
    const keys = await startTrouble(layout, () =>
      rotateStore({
        ...{ workspace: layout.root, from, to, clock: systemClock, randomness: systemRandomness() },
        actor: { kind: 'person', name: userName() },
      }),
    )
    if (given === undefined && file !== undefined) {
      renameSync(next, file)
      await syncFolder(dirname(file))
    }
    return { keys, fingerprint: fingerprintOf(to), file: given ?? file ?? next, kept }
  })
}

/** Gives a key's file a second name, which it keeps. */
function keep(file: string, key: WorkspaceKey): string {
  const kept = `${file}.${fingerprintOf(key)}`
  if (!existsSync(kept)) linkSync(file, kept)
  return kept
}
