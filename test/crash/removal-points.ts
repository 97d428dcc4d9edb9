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

const others = ['after COMMIT', 'journaled', 'told of it'] as const

export type RemovalPoint = keyof typeof written | (typeof others)[number]

export const removalPoints: readonly string[] = [...Object.keys(written), ...others]
