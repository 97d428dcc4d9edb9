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

const others = ['after COMMIT', 'journaled', 'told of it'] as const

export type RemovalPoint = keyof typeof written | keyof typeof trimmed | (typeof others)[number]

export const removalPoints: readonly string[] = [...Object.keys(written), ...Object.keys(trimmed), ...others]
