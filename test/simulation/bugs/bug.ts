/** A module of the engine, by its path there, and what stands in its place. */
export interface Plant {
  readonly module: string
  /** A method, so that one of any module fits. */
  instead(real: object): object
}

export interface Bug {
  readonly name: string
  readonly plants: readonly Plant[]
  /** What the simulation says. */
  readonly found: RegExp
  readonly seed: number
}
