import type { Projection } from './projection.ts'

/** Every projection of the index. A change of this list, or of a version in it, makes the index anew. */
export const projections: readonly Projection[] = []
