/**
 * LangGraph.js with its SqliteSaver, in three ways: a graph whose state is kept whole in each checkpoint (its default), one
 * whose state is a delta channel, and its task API. Each checkpoint is kept before the next step begins.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Annotation, DeltaChannel, END, entrypoint, START, StateGraph, task } from '@langchain/langgraph'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { type Contender, type Open, type Place, usual } from './contender.ts'
import { payloads } from './payload.ts'

/** How many steps a delta channel goes without a whole state. */
const snapshotFrequency = 50
const levels = { full: 'FULL', normal: 'NORMAL' } as const

function saverIn({ folder, durability }: Place): SqliteSaver {
  mkdirSync(folder, { recursive: true })
  const saver = SqliteSaver.fromConnString(join(folder, 'langgraph.db'))
  saver.db.pragma('journal_mode = WAL')
  saver.db.pragma(`synchronous = ${levels[durability]}`)
  return saver
}

const on = (thread: number) => ({ configurable: { thread_id: String(thread) }, durability: 'sync', recursionLimit: 10_000 }) as const

interface Runnable {
  invoke(input: unknown, config: object): Promise<unknown>
}

function opened(saver: SqliteSaver, graph: Runnable, input: unknown): Open {
  let threads = 0
  return {
    run: () => graph.invoke(input, on((threads += 1))),
    [Symbol.asyncDispose]: () => Promise.resolve(void saver.db.close()),
  }
}

/** Steps one after the other; each calls `step` and keeps what that answers. */
function chainGraph(saver: SqliteSaver, steps: number, step: (index: number) => string) {
  const graph = new StateGraph(Annotation.Root({ last: Annotation<string>() }))
  const ids = [...Array(steps).keys()].map((index) => `s${index}`)
  for (const [index, id] of ids.entries()) {
    graph.addNode(id, () => ({ last: step(index) }))
    graph.addEdge(ids[index - 1] ?? START, id)
  }
  graph.addEdge(ids.at(-1) ?? START, END)
  return graph.compile({ checkpointer: saver })
}

/** One step over and over, each pass adding to the state. */
function growingGraph(saver: SqliteSaver, steps: number, channel: unknown, step: () => string) {
  let passes = 0
  const graph = new StateGraph(Annotation.Root({ items: channel }))
  graph.addNode('step', () => ({ items: [step()] }))
  graph.addEdge(START, 'step')
  graph.addConditionalEdges('step', () => ((passes += 1) < steps ? 'step' : END))
  return graph.compile({ checkpointer: saver })
}

const whole = () => Annotation<string[]>({ reducer: (state, added) => state.concat(added), default: () => [] })
const delta = () =>
  new DeltaChannel<string[], string[]>((state, writes) => state.concat(...writes), { snapshotFrequency, initialValueFactory: () => [] })

function growthOf(channel: () => unknown): NonNullable<Contender['growth']> {
  return async ({ steps, ...place }) => {
    const saver = saverIn(place)
    const answer = payloads(1, 1_000)
    const at: number[] = []
    const graph = growingGraph(saver, steps, channel(), () => {
      at.push(performance.now())
      return answer()
    })
    await graph.invoke({ items: [] }, on(1))
    at.push(performance.now())
    saver.db.close()
    return at
  }
}

/** Those of the one thread, newest first. */
async function idsOf(saver: SqliteSaver): Promise<string[]> {
  const ids: string[] = []
  for await (const { checkpoint } of saver.list(on(1))) ids.push(checkpoint.id)
  return ids
}

export const langgraph: Contender = {
  open: async (place, steps) => {
    const saver = saverIn(place)
    return opened(saver, chainGraph(saver, steps, payloads(1, 1_000)), { last: '' })
  },

  growth: growthOf(whole),

  crash: async (place) => {
    const answer = payloads(1, 1_000)
    const graph = chainGraph(saverIn(place), 100, (index) => {
      if (index === 50) process.kill(process.pid, 'SIGKILL')
      return answer()
    })
    await graph.invoke({ last: '' }, on(1))
  },

  resume: async (place, said) => {
    const answer = payloads(1, 1_000)
    const graph = chainGraph(saverIn(place), 100, (index) => {
      if (index === 51) said()
      return answer()
    })
    await graph.invoke(null, on(1))
  },

  history: async ({ steps, ...place }) => {
    const saver = saverIn(place)
    const graph = growingGraph(saver, steps, whole(), payloads(1, 1_000))
    await graph.invoke({ items: [] }, on(1))
    const list = await usual(() => idsOf(saver))
    const ids = await idsOf(saver)
    const at = (place: number) => ({ configurable: { ...on(1).configurable, checkpoint_id: ids[place] } })
    const middle = Math.floor(steps / 2)
    const load = await usual((time) => saver.getTuple(at(middle + time)))
    const restore = await usual((time) => graph.updateState(at(middle + time), { items: [] }, 'step'))
    saver.db.close()
    return { list, load, restore }
  },
}

export const langgraphDelta: Contender = { open: langgraph.open, growth: growthOf(delta) }

function tasks(saver: SqliteSaver, steps: number, answer: () => string): Runnable {
  const step = task('step', (_index: number) => Promise.resolve(answer()))
  return entrypoint({ name: 'chain', checkpointer: saver }, async (_input: unknown) => {
    for (let index = 0; index < steps; index += 1) await step(index)
    return 'done'
  })
}

export const langgraphTasks: Contender = {
  open: async (place, steps) => {
    const saver = saverIn(place)
    return opened(saver, tasks(saver, steps, payloads(1, 1_000)), {})
  },

  growth: async ({ steps, ...place }) => {
    const saver = saverIn(place)
    const answer = payloads(1, 1_000)
    const at: number[] = []
    const graph = tasks(saver, steps, () => {
      at.push(performance.now())
      return answer()
    })
    await graph.invoke({}, on(1))
    at.push(performance.now())
    saver.db.close()
    return at
  },
}
