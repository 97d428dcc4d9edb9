/** What has happened over the seeds that were lived through: a proof that never met something shows nothing of it. */
export class Tally {
  readonly #met = new Set<string>()

  note(what: string): void {
    this.#met.add(what)
  }

  met(): readonly string[] {
    return [...this.#met].toSorted()
  }
}

/** Lives through so many seeds, and answers what was met. @throws Error naming the seed */
export async function throughSeeds(seeds: number, live: (seed: number, tally: Tally) => Promise<void>): Promise<readonly string[]> {
  const tally = new Tally()
  for (let seed = 1; seed <= seeds; seed += 1) {
    await live(seed, tally).catch((error: unknown) => {
      throw new Error(`seed ${seed}`, { cause: error })
    })
  }
  return tally.met()
}
