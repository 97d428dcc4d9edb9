/** A module of the engine, by its path there, and what stands in its place. */
export interface Plant {
  readonly module: string
  /** A method, so that one of any module fits. */
  instead(real: object): object
}

/** What is lived through: everything at once, or what is told beforehand held against what happens. */
export type Life = 'all' | 'going back' | 'a replay'

export interface Bug {
  readonly name: string
  /** Left out where everything is lived through. */
  readonly life?: Life
  readonly plants: readonly Plant[]
  /** What is said of it. */
  readonly found: RegExp
  readonly seed: number
}
