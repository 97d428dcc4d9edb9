import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Move, type Place, place, type PlacementLimits, type ProcessKind } from './placement.ts'

/** A pool without processes: it does what `place` says and remembers who is where. */
class Model {
  readonly limits: PlacementLimits
  readonly waiting = { shared: new Set<number>(), isolated: new Set<number>(), roomy: new Set<number>() }
  readonly processes = new Map<number, { kind: ProcessKind; open: boolean; tasks: Set<number> }>()
  readonly placed: { kind: ProcessKind; task: number }[] = []
  #tasks = 0
  #started = 0

  constructor(limits: PlacementLimits) {
    this.limits = limits
  }

  arrive(kind: ProcessKind): void {
    this.waiting[kind].add(this.#tasks++)
  }

  places(): Place[] {
    return [...this.processes].map(([process, { kind, open, tasks }]) => ({ process, kind, open, load: tasks.size }))
  }

  settle(): readonly Move[] {
    const moves = place(this.places(), this.waiting, this.#started, this.limits)
    for (const move of moves) this.#apply(move)
    return moves
  }

  #apply(move: Move): void {
    if (move.type === 'start') {
      expect(move.for === null ? 'made for nobody' : this.waiting.roomy.has(move.for)).toBe(move.kind === 'roomy' ? true : 'made for nobody')
      expect(move.process).toBe(this.#started++)
      this.processes.set(move.process, { kind: move.kind, open: true, tasks: new Set() })
      return
    }
    const process = this.processes.get(move.process)
    if (process === undefined || !process.open) throw new Error(`process ${move.process} takes nothing`)
    if (move.type === 'retire') {
      expect(process.tasks.size).toBe(0)
      this.processes.delete(move.process)
    } else {
      expect(this.waiting[process.kind].delete(move.task)).toBe(true)
      process.tasks.add(move.task)
      this.placed.push({ kind: process.kind, task: move.task })
    }
  }

  /** Ends one task, makes one process leave, or lets one die; which one is picked by a number. */
  finish(pick: number): void {
    const busy = [...this.processes.values()].filter(({ tasks }) => tasks.size > 0)
    const process = busy[pick % busy.length]
    const [task] = process?.tasks ?? []
    if (task === undefined || process === undefined) return
    process.tasks.delete(task)
    // As the pool does: it was made for that one.
    if (process.kind === 'roomy') this.#remove(process)
  }

  #remove(process: object): void {
    for (const [id, each] of this.processes) if (each === process) this.processes.delete(id)
  }

  leave(pick: number): void {
    const process = [...this.processes.values()][pick % this.processes.size]
    if (process !== undefined) process.open = false
  }

  die(pick: number): void {
    const id = [...this.processes.keys()][pick % this.processes.size]
    if (id !== undefined) this.processes.delete(id)
  }
}

const anyLimits = fc.record({
  processes: fc.integer({ min: 1, max: 3 }),
  tasksPerProcess: fc.integer({ min: 1, max: 4 }),
  isolated: fc.integer({ min: 1, max: 3 }),
  roomy: fc.integer({ min: 1, max: 2 }),
  reserve: fc.integer({ min: 0, max: 2 }),
  idle: fc.integer({ min: 0, max: 3 }),
})
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('arrive' as const), kind: fc.constantFrom<ProcessKind>('shared', 'isolated', 'roomy') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('finish' as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'die' as const), pick: fc.nat() }) },
)

function play(model: Model, events: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[], check: () => void): void {
  for (const happens of events) {
    if (happens.do === 'arrive') model.arrive(happens.kind)
    else model[happens.do](happens.pick)
    model.settle()
    check()
  }
}

const law = (check: (model: Model) => void): void => {
  fc.assert(
    fc.property(anyLimits, fc.array(event, { maxLength: 60 }), (given, events) => {
      const model = new Model(given)
      play(model, events, () => check(model))
    }),
  )
}

describe('placing tasks', () => {
  it('keeps the bound of every process', () => {
    law(({ limits, processes }) => {
      for (const { kind, tasks } of processes.values()) {
        expect(tasks.size).toBeLessThanOrEqual(kind === 'shared' ? limits.tasksPerProcess : 1)
      }
    })
  })

  it('keeps the number of processes', () => {
    law((model) => {
      for (const kind of ['shared', 'isolated', 'roomy'] as const) {
        const { processes, isolated, roomy } = model.limits
        const limit = { shared: processes, isolated, roomy }[kind]
        const all = model.places().filter((found) => found.kind === kind)
        expect(all.filter(({ open }) => open).length).toBeLessThanOrEqual(limit)
        expect(all.length).toBeLessThanOrEqual(2 * limit)
      }
    })
  })

  it('places first what came first, in each kind', () => {
    law(({ placed }) => {
      for (const kind of ['shared', 'isolated', 'roomy'] as const) {
        const order = placed.filter((entry) => entry.kind === kind).map(({ task }) => task)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }
    })
  })

  it('lets a task wait only while its kind is full', () => {
    law((model) => {
      for (const kind of ['shared', 'isolated', 'roomy'] as const) {
        if (model.waiting[kind].size === 0) continue
        const { processes, tasksPerProcess, isolated, roomy } = model.limits
        const bound = kind === 'shared' ? tasksPerProcess : 1
        const limit = { shared: processes, isolated, roomy }[kind]
        const all = model.places().filter((found) => found.kind === kind)
        const open = all.filter((found) => found.open)
        expect(open.every(({ load }) => load === bound)).toBe(true)
        expect(open.length === limit || all.length === 2 * limit).toBe(true)
      }
    })
  })

  it('keeps a reserve, and no more idle processes than it may', () => {
    law((model) => {
      const open = model.places().filter((found) => found.open)
      const isolated = open.filter(({ kind }) => kind === 'isolated')
      const idle = isolated.filter(({ load }) => load === 0).length
      const full = isolated.length === model.limits.isolated
      expect(idle).toBeLessThanOrEqual(Math.max(model.limits.reserve, model.limits.idle))
      const crowded = model.places().filter(({ kind }) => kind === 'isolated').length === 2 * model.limits.isolated
      if (!full && !crowded) expect(idle).toBeGreaterThanOrEqual(model.limits.reserve)
    })
  })

  it('has nothing more to do once it has done it', () => {
    fc.assert(
      fc.property(anyLimits, fc.array(event, { maxLength: 40 }), (given, events) => {
        const model = new Model(given)
        play(model, events, () => expect(model.settle()).toEqual([]))
      }),
    )
  })

  it('spreads shared tasks evenly', () => {
    const model = new Model({ processes: 3, tasksPerProcess: 10, isolated: 1, roomy: 1, reserve: 0, idle: 0 })
    for (let task = 0; task < 9; task += 1) model.arrive('shared')
    model.settle()
    expect(model.places().map(({ load }) => load)).toEqual([3, 3, 3])
  })
})
