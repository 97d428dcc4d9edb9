import type { StartTrouble } from './start-refused.ts'

/** The exit code of a host that does not start, by why. */
export const exitCodeOfStart = {
  /** Another process owns the workspace. */
  owned: 10,
  /** The store was written by a newer Cairn. */
  newer: 11,
  /** The store cannot be opened: it is damaged, or its disk fails. Of a host that runs: it cannot be written or read. */
  store: 12,
  /** Nobody has said that the folder's code may run. */
  untrusted: 13,
  /** cairn.config.yaml cannot be used as it is. */
  config: 14,
  /** The port is taken. */
  port: 15,
  /** The folder is no workspace. */
  workspace: 16,
  /** The store is encrypted and its key is not at hand. */
  key: 17,
  /** There is a key, and the store is not encrypted. */
  unencrypted: 18,
} as const satisfies Record<StartTrouble, number>
