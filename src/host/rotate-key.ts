/** Another key for a workspace's store. No host runs meanwhile. */
import { systemClock } from '../effects/clock.ts'
import { systemRandomness } from '../effects/randomness.ts'
import { keyringIn } from '../store/crypt/peek.ts'
import { rotateStore } from '../store/crypt/rotate.ts'
import { fingerprintOf, type WorkspaceKey } from '../store/crypt/workspace-key.ts'
import { storePaths } from '../store/paths.ts'
import { alone } from './alone.ts'
import type { Store } from './config/sections.ts'
import { startTrouble } from './own.ts'
import { StartRefused } from './start-refused.ts'
import { userName } from './user-name.ts'
import { readKeyFile } from './workspace/key-file.ts'
import { keptOf, nextOf, takeNext } from './workspace/key-place.ts'
import { assertInReach, keyFor, keyHome, type KeySources, wayToGive } from './workspace/key.ts'
import { type Layout, layoutOf } from './workspace/layout.ts'

export interface Rotated {
  /** How many data keys are wrapped by the new key now. */
  readonly keys: number
  readonly fingerprint: string
  /** The file that holds the new key. */
  readonly file: string
  /** The file that holds the one before, where the new one took the place of it: backups of before are opened with that. */
  readonly kept: string | null
  /** What is to be done before the store is opened next; null where the key is found as it is. */
  readonly wayOn: string | null
}

/** What a rotation goes by, where it is not the workspace's own. */
export interface Rotation {
  /** The file that holds the new key. Left out, one is made, and takes the place of the one before; that is kept beside. */
  readonly to?: string | undefined
  readonly keys?: KeySources
}

/** Wraps the data keys of a workspace's store by another key. @throws StartRefused */
export async function rotateKey(workspace: string, { to: given, keys: sources }: Rotation = {}): Promise<Rotated> {
  const layout = layoutOf(workspace)
  assertInReach(layout, sources, 'give it another there, on the screen Integrity')
  return alone(workspace, ({ config }) => startTrouble(layout, () => rotated(layout, config, given, sources)), sources)
}

/** The same for the key with that fingerprint: where the store has another already, there is nothing to do. @throws StartRefused */
export async function rotateKeyFrom(workspace: string, fingerprint: string, keys: KeySources): Promise<void> {
  if (keyringIn(storePaths(workspace).store)?.fingerprint === fingerprint) await rotateKey(workspace, { keys })
}

async function rotated(layout: Layout, config: Store, given: string | undefined, sources: KeySources | undefined): Promise<Rotated> {
  const from = await keyFor(layout, config, sources)
  const home = keyHome(layout, config, sources)
  if (from === null || home === undefined) {
    throw new StartRefused('key', `${layout.root} names no key: its store is not encrypted, or its key is to be given`)
  }
  const by = async (to: WorkspaceKey) => {
    const actor = { kind: 'person' as const, name: userName() }
    const keys = await rotateStore({ workspace: layout.root, from, to, clock: systemClock, randomness: systemRandomness(), actor })
    return { keys, fingerprint: fingerprintOf(to) }
  }
  if (given !== undefined) {
    const done = await by(readKeyFile(given))
    const found = await keyFor(layout, config, sources).catch(() => null)
    const isFound = found !== null && fingerprintOf(found) === done.fingerprint
    return { ...done, file: given, kept: null, wayOn: isFound ? null : `nothing opens the store until ${given} is named: ${wayToGive}` }
  }
  if (home.source === 'environment') {
    throw new StartRefused('key', 'the key comes from CAIRN_KEY: make another with cairn make-key FILE, and name the file with --to')
  }
  const { place } = home
  const done = await by(await place.make(nextOf(place)))
  await takeNext(place)
  return { ...done, file: place.file, kept: keptOf(place, fingerprintOf(from)), wayOn: null }
}
