/**
 * The key of a checkpoint's row: the number of its run and its own, in one. The table says both of them as well, but of it only the
 * key is in order: what is looked for by run and number is looked for by these.
 */

const bits = 26

/** As many checkpoints a run may have. */
export const mostCheckpoints = 2 ** bits

/** SQL for the key, of SQL for the two numbers. */
export function checkpointId(run: string, number: string): string {
  return `(${run} << ${bits} | ${number})`
}

/** SQL for whether a row is of a run, from one number up to another, both included. */
export function isCheckpointOf(run: string, first = '0', last = String(mostCheckpoints - 1)): string {
  return `id BETWEEN ${checkpointId(run, first)} AND ${checkpointId(run, last)}`
}
