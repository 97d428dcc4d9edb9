/**
 * Which task goes to which process: a pure function of what there is.
 *
 * Laws (each is a property in the test):
 * 1. An isolated process holds one task at most, a shared one no more than its bound.
 * 2. There are no more processes of a kind than its limit; leaving ones may stand beside as many new ones.
 * 3. Within shared and within isolated tasks, first come is first placed; neither waits for the other.
 * 4. A task waits only while its kind is full.
 * 5. A roomy process is made for one task, and never holds another.
 */
export type ProcessKind = 'shared' | 'isolated' | 'roomy'
const kinds = ['shared', 'isolated', 'roomy'] as const satisfies readonly ProcessKind[]

export interface Place {
  readonly process: number
  readonly kind: ProcessKind
  /** Tasks that it holds. */
  readonly load: number
  /** False for a process that takes no more tasks and is gone once it is empty. */
  readonly open: boolean
}

export interface Waiting {
  readonly shared: Iterable<number>
  readonly isolated: Iterable<number>
  /** Those that may take more memory than a process has. */
  readonly roomy: Iterable<number>
}

export interface PlacementLimits {
  readonly processes: number
  readonly tasksPerProcess: number
  readonly isolated: number
  readonly roomy: number
  readonly reserve: number
  readonly idle: number
}

export type Move =
  /** `for` is the task that a roomy process is made for. */
  | { readonly type: 'start'; readonly process: number; readonly kind: ProcessKind; readonly for: number | null }
  | { readonly type: 'place'; readonly task: number; readonly process: number }
  | { readonly type: 'retire'; readonly process: number }

/** What to do now, in order. New processes are numbered from `next` on. */
export function place(places: readonly Place[], waiting: Waiting, next: number, limits: PlacementLimits): readonly Move[] {
  const moves: Move[] = []
  const room = new Room(places, next, limits, moves)
  for (const kind of kinds) {
    for (const task of waiting[kind]) {
      const process = room.take(kind, task)
      if (process === undefined) break
      moves.push({ type: 'place', task, process })
    }
  }
  room.keepReserve()
  return moves
}

type Seat = { -readonly [K in keyof Place]: Place[K] }

function fill(seat: Seat): number {
  seat.load += 1
  return seat.process
}

class Room {
  readonly #places: Seat[]
  readonly #limits: PlacementLimits
  readonly #moves: Move[]
  #next: number

  constructor(places: readonly Place[], next: number, limits: PlacementLimits, moves: Move[]) {
    this.#places = places.map((seat) => ({ ...seat }))
    this.#limits = limits
    this.#moves = moves
    this.#next = next
  }

  /** The process for one more task: an idle one, else a new one, else the one with the least to do. */
  take(kind: ProcessKind, task: number): number | undefined {
    if (kind === 'roomy') return this.#mayStart(kind) ? fill(this.#start(kind, task)) : undefined
    const bound = kind === 'shared' ? this.#limits.tasksPerProcess : 1
    const [least] = this.#open(kind).toSorted((a, b) => a.load - b.load)
    if (least?.load === 0) return fill(least)
    if (this.#mayStart(kind)) return fill(this.#start(kind))
    return least !== undefined && least.load < bound ? fill(least) : undefined
  }

  /** The reserve of isolated processes stands ready, and a shared one with it; too many idle ones are let go. */
  keepReserve(): void {
    const none = this.#open('shared').length === 0
    if (none && this.#limits.reserve > 0 && this.#mayStart('shared')) this.#start('shared')
    const idle = this.#open('isolated').filter(({ load }) => load === 0)
    for (const seat of idle.slice(Math.max(this.#limits.idle, this.#limits.reserve))) {
      seat.open = false
      this.#moves.push({ type: 'retire', process: seat.process })
    }
    for (let missing = this.#limits.reserve - idle.length; missing > 0 && this.#mayStart('isolated'); missing -= 1) {
      this.#start('isolated')
    }
  }

  #open(kind: ProcessKind): Seat[] {
    return this.#places.filter((seat) => seat.kind === kind && seat.open)
  }

  #mayStart(kind: ProcessKind): boolean {
    const { processes, isolated, roomy } = this.#limits
    const limit = { shared: processes, isolated, roomy }[kind]
    const all = this.#places.filter((seat) => seat.kind === kind)
    return this.#open(kind).length < limit && all.length < 2 * limit
  }

  #start(kind: ProcessKind, made: number | null = null): Seat {
    const seat = { process: this.#next, kind, load: 0, open: true }
    this.#next += 1
    this.#places.push(seat)
    this.#moves.push({ type: 'start', process: seat.process, kind, for: made })
    return seat
  }
}
