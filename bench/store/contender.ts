/** What is measured: an engine that keeps runs in a file, driven by the same loads. */

/** As the store's own word has it: `full` is an fsync before anybody hears of a commit. */
export type Durability = 'full' | 'normal'

export interface Place {
  /** A folder of its own, on the disk that is measured. */
  readonly folder: string
  readonly durability: Durability
  /** Where the server is that keeps the runs, for an engine that has one. */
  readonly server?: string
}

/** A run whose state grows by a kilobyte with each step. */
export interface Growth extends Place {
  readonly steps: number
}

/** Figures by name; times in milliseconds, sizes in octets. */
export type Figures = Readonly<Record<string, number>>

export interface Open extends AsyncDisposable {
  /** Starts a run and resolves once its end is committed. */
  run(): Promise<unknown>
}

/** What an engine is put through. One that cannot be driven so leaves it out. */
export interface Contender {
  /** Ready for runs of so many steps, so many at a time; each step answers a kilobyte. */
  open(place: Place, steps: number, inFlight: number): Promise<Open>
  /** Answers when each step was committed. */
  growth?(growth: Growth): Promise<readonly number[]>
  /** A run of 100 steps; the process kills itself once 50 are committed. */
  crash?(place: Place): Promise<void>
  /** The next process takes it up, and says so when step 51 begins. */
  resume?(place: Place, said: () => void): Promise<void>
  /** Of a run of so many checkpoints: how long it takes to list them, to load the one in the middle, and to go back to it. */
  history?(growth: Growth): Promise<History>
}

export interface History {
  readonly list: Usual
  readonly load: Usual
  readonly restore: Usual
}

/** How long a piece of work takes, and what of the processors all threads of the process together take for it, in milliseconds. */
export interface Usual {
  readonly took: number
  readonly processor: number
}

/** Does a piece of work so often, so many at a time, and answers how long each took. */
export async function inTurn(times: number, atOnce: number, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  let left = times
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const from = performance.now()
      await work()
      took.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return took
}

/** What a piece of work takes once it has been done before: the median of five times, and of the processors their mean. */
export async function usual(work: (time: number) => Promise<unknown>): Promise<Usual> {
  await work(1)
  let time = 1
  const before = process.cpuUsage()
  const took = await inTurn(5, 1, () => work((time += 1)))
  const { user, system } = process.cpuUsage(before)
  return { took: took.toSorted((a, b) => a - b)[2] ?? NaN, processor: (user + system) / 1_000 / took.length }
}
