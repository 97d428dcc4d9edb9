/** Where a restore may be cut off, in the order in which it comes there. */

/** Nothing of it is stored yet. */
export const beforeCommit = [
  'asked for',
  'with the checkpoint read',
  'decided',
  'handed to the store',
  'with the branch begun',
  'among its steps',
  'with the questions withdrawn',
  'with the checkpoint taken',
  'with the keyframe taken',
  'with the run moved',
  'journaled',
] as const

/** All of it is. */
export const afterCommit = [
  'committed',
  'told to the engine',
  'with the old attempts stopped',
  'with the new attempts started',
  'answered',
] as const

/** All of it is, and the child that nobody waits for any more is about to hear of it, or has. */
export const ofTheChild = ['with its child to be cancelled', 'with its child cancelled'] as const

/** Where one that had ended does not come: nothing of it was live. */
export const ofTheLive: ReadonlySet<string> = new Set(['with the questions withdrawn', 'with the old attempts stopped'])

export type RestorePoint = (typeof beforeCommit)[number] | (typeof afterCommit)[number] | (typeof ofTheChild)[number]

/** Tables of the store by whose writing a point is reached. */
export const written = {
  'with the branch begun': 'branch',
  'among its steps': 'step',
  'with the questions withdrawn': 'decision',
  'with the checkpoint taken': 'checkpoint',
  'with the keyframe taken': 'keyframe',
  'with the run moved': 'run',
  journaled: 'journal',
} as const satisfies Partial<Record<RestorePoint, string>>
