/** A run that stands at failed. */
export interface Standing {
  readonly run: string
  readonly workflow: string
  readonly step: string | null
  readonly fingerprint: string
  /** The child that it failed of, where it did. */
  readonly child: string | null
  /** Whether a run above it that is stored has yet to make something of it, or has. */
  readonly isBelow: boolean
  readonly at: number
}

/** A run that failed of itself, and those above it that failed since it did, the nearest first. */
export interface Chain {
  readonly cause: Standing
  readonly above: readonly Standing[]
}

/**
 * Who failed since whom, in the order of the runs on top. A child that failed and is in no chain needs nobody: its parent tries again, went on
 * without it, or asks.
 */
export function chainsOf(standing: readonly Standing[]): readonly Chain[] {
  const known = new Map(standing.map((each) => [each.run, each]))
  return standing.filter(({ isBelow }) => !isBelow).map((top) => down(top, []))

  function down(cause: Standing, above: readonly Standing[]): Chain {
    const child = cause.child === null ? undefined : known.get(cause.child)
    return child === undefined ? { cause, above } : down(child, [cause, ...above])
  }
}
