/** What a replay began with, read off the run that it is made from and off its own first entry. */
import { inputKey, outputKey } from '../../src/model/checkpoint.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import type { Address, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { ReplayPreview } from '../../src/model/replay.ts'
import type { Moment } from '../../src/engine/ports.ts'
import type { Graphs } from '../../src/engine/state/run-state.ts'
import { addressIn, becomes, described, factIn, newestOf, outside, passesOn, reused, type RunsNext, takenBack, the } from './committed.ts'
import type { Rows } from './memory-storage.ts'

export interface Begun {
  readonly moment: Moment
  /** The run that is replayed, as it was. */
  readonly source: Rows
  readonly entry: RunEntry
  readonly now: Rows
  readonly value: (address: Address) => Json | undefined
}

/** `runs` is what the planner makes of the replay as it is now: what it does later is held against that. */
export function begunWith({ moment, source, entry, now, value }: Begun, runs: readonly RunsNext[], graphs: Graphs): Omit<ReplayPreview, 'children'> {
  const { run: record, passes } = the(entry, 'run_created')
  const { checkpoint = -1, edited = [] } = record.origin ?? {}
  const graph = graphs(record.revision)
  const newest = newestOf(passes)
  const isTakenOver = (step: StepId): boolean => newest.get(step)?.status === 'completed'
  const undone = takenBack(source, moment, graph, graphs)
  const were = passesOn(source, source.record.branch)
  return {
    version: source.record.version,
    checkpoint,
    becomes: becomes(entry),
    reused: reused(now, graph, runs),
    runs: described(runs, graph, were),
    outside: outside(now, graph, runs, were).map(({ key: _, ...each }) => each),
    undone: undone.filter((step) => !isTakenOver(step)),
    renewed: graph.order.filter((step) => factIn(moment.state, step)?.status === 'completed' && !isTakenOver(step) && !undone.includes(step)),
    edits: edited.map((key) => {
      const before = addressIn(moment.state, key) ?? source.record.input
      const after = key === inputKey ? record.input : passes.find(({ step, iteration }) => outputKey(step, iteration) === key)?.output
      return { key, before: value(before) ?? null, after: value(after ?? before) ?? null }
    }),
  }
}

/** Keys of what the replay has taken over otherwise than it stood at the checkpoint. */
export function changedIn(entry: RunEntry, { state }: Moment): readonly string[] {
  const { run, passes } = the(entry, 'run_created')
  const outputs = passes.flatMap(({ step, iteration, output }) => {
    const key = outputKey(step, iteration)
    return output === null || output === addressIn(state, key) ? [] : [key]
  })
  const input = addressIn(state, inputKey)
  return input === null || input === run.input ? outputs : [inputKey, ...outputs]
}
