/** Where a workspace's key is in these tests: in a file that the settings name, or in the keychain as the desktop has it. */
import { join } from 'node:path'
import type { KeySources } from '../../src/host/workspace/key.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { keyOf } from '../../src/main/keychain.ts'

export const homes = ['file', 'keychain'] as const
export type Home = (typeof homes)[number]

/** The settings of such a workspace. */
export const settings: Readonly<Record<Home, string>> = {
  file: 'store:\n  key_file: key\n',
  keychain: 'store:\n  encryption: true\n',
}

/** The file that holds the key. */
export function fileOf(home: Home, workspace: string): string {
  return home === 'file' ? join(workspace, 'key') : layoutOf(workspace).keychain
}

/** What a host has beside the settings. The keychain turns what it keeps over, and is the same in each process. */
export function sourcesOf(home: Home): KeySources | undefined {
  return home === 'file' ? undefined : { file: null, keychain: (kept) => Promise.resolve(keyOf(turning, kept)) }
}

const turning = {
  isEncryptionAvailable: () => true,
  encryptString: (text: string) => Buffer.from(Buffer.from(text).toReversed()),
  decryptString: (kept: Buffer) => Buffer.from(kept.toReversed()).toString(),
}
