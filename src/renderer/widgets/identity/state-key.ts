/** Keys of a run's state, as people call what they hold. */
export interface OutputKey {
  readonly step: string
  readonly iteration: number
}

/** The output that a key is of, or undefined where it is of something else. */
export function outputOfKey(key: string): OutputKey | undefined {
  const [, step, iteration] = /^output\/(.+)\/(\d+)$/.exec(key) ?? []
  return step === undefined ? undefined : { step, iteration: Number(iteration) }
}

/** A key in words: `input`, `draft`, or `draft, iteration 2`. */
export function nameOfKey(key: string): string {
  const output = outputOfKey(key)
  if (output === undefined) return key
  return output.iteration === 1 ? output.step : `${output.step}, iteration ${output.iteration}`
}
