/** Where a restore may be cut off, in the order in which it comes there. */

/** Nothing of it is stored yet. */
export const beforeCommit = [
  'asked for',
  'with the checkpoint read',
  'decided',
  'handed to the store',
  'with the branch begun',
  'among its steps',
  'with the attempts ended',
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

export type RestorePoint = (typeof beforeCommit)[number] | (typeof afterCommit)[number]

/** Statements of the store's writer, by their first words, after which a point is reached. */
export const statements = {
  'with the branch begun': 'INSERT INTO branch ',
  'among its steps': 'INSERT INTO step ',
  'with the attempts ended': 'INSERT INTO attempt ',
  'with the questions withdrawn': 'INSERT INTO decision ',
  'with the checkpoint taken': 'INSERT INTO checkpoint ',
  'with the keyframe taken': 'INSERT INTO keyframe ',
  'with the run moved': 'UPDATE run ',
  journaled: 'INSERT INTO journal ',
} as const satisfies Partial<Record<RestorePoint, string>>
