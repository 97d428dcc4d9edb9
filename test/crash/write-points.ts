/** Where a host may be cut off on the way of a write to the disk: before and after each that has to last. */

/** Tables by whose writing a point is reached. The journal comes last: then comes COMMIT. */
export const written = {
  'with a value written': 'value',
  'with a step written': 'step',
  'with an attempt written': 'attempt',
  'with a checkpoint written': 'checkpoint',
  'with a run written': 'run',
  'before COMMIT': 'journal',
} as const

/** What else is on the way. */
const others = [
  'before a group',
  'after COMMIT',
  'told to the engine',
  'before the anchor is written',
  'with the anchor written beside',
  'with the anchor renamed',
  'before pages are copied by the copier',
  'with pages copied by the copier',
  'before pages are copied into the file',
  'with pages copied into the file',
  'before the WAL is brought home',
  'with the WAL brought home',
] as const

export type WritePoint = keyof typeof written | (typeof others)[number]

export const writePoints: readonly string[] = [...Object.keys(written), ...others]
