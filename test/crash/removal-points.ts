/** Where a host may be cut off on the way of a removal. */

/** Tables in which something is removed, or of which it is said. The journal comes last: then comes COMMIT. */
export const written = {
  'with a run removed': 'run',
  'with a log removed': 'signal',
  'with checkpoints removed': 'checkpoint',
  'with steps removed': 'step',
  'with an entry emptied': 'journal',
  'with a value removed': 'value',
  'with a lineage removed': 'lineage',
  'with what is left of it written': 'removed_run',
} as const

/** The same once all runs are gone that go: of those that stay. */
export const trimmed = {
  'with checkpoints of a run that stays removed': 'checkpoint',
  'with the keyframe written that it goes on from': 'keyframe',
  'with what stands for them written': 'stub',
  'with a value removed that nothing else names': 'value',
} as const

/** What the file is made smaller by, which SQL of these begins. */
export const shrunk = {
  'the file is written anew': 'VACUUM',
  'pages are given back': 'incremental_vacuum',
  'the WAL is emptied': 'PRAGMA wal_checkpoint(TRUNCATE)',
} as const

type Shrunk = keyof typeof shrunk

const others = ['after COMMIT', 'journaled', 'told of it'] as const

export type RemovalPoint = keyof typeof written | keyof typeof trimmed | `before ${Shrunk}` | `after ${Shrunk}` | (typeof others)[number]

const aroundShrinking = Object.keys(shrunk).flatMap((what) => [`before ${what}`, `after ${what}`])

export const removalPoints: readonly string[] = [...Object.keys(written), ...Object.keys(trimmed), ...aroundShrinking, ...others]
