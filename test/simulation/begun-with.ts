/** What a replay began with, read off the run that it is made from and off its own first entry. */
import { inputKey, outputKey } from '../../src/model/checkpoint.ts'
import type { Before } from '../../src/model/before.ts'
import type { RunEntry } from '../../src/model/entry.ts'
import type { Address, StepId } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { ReplayPreview } from '../../src/model/replay.ts'
import type { Moment } from '../../src/engine/ports.ts'
import type { Graphs } from '../../src/engine/state/run-state.ts'
import { addressIn, becomes, described, factIn, newestOf, outside, passesOn, reused, type RunsNext, takenBack, the } from './committed.ts'
import type { Rows } from './memory-storage.ts'
import { isSame, migrationOf } from './migrated.ts'
import { migratedTo } from './random-bench.ts'

export interface Begun {
  readonly moment: Moment
  /** The run that is replayed, as it was. */
  readonly source: Rows
  /** What each step did outside before. */
  readonly before: (step: StepId) => Before[]
  readonly entry: RunEntry
  readonly now: Rows
  readonly value: (address: Address) => Json | undefined
}

/** `runs` is what the planner makes of the replay as it is now: what it does later is held against that. */
export function begunWith({ moment, source, before, entry, now, value }: Begun, runs: readonly RunsNext[], graphs: Graphs): Omit<ReplayPreview, 'children'> {
  const { run: record, passes } = the(entry, 'run_created')
  const { checkpoint = -1, edited = [] } = record.origin ?? {}
  const graph = graphs(record.revision)
  const newest = newestOf(passes)
  const isTakenOver = (step: StepId): boolean => newest.get(step)?.status === 'completed'
  const undone = takenBack(source, moment, graph, graphs)
  const from = graphs(moment.pinned.revision)
  const changes = changedIn(entry, moment).flatMap(([key, address]) => (edited.includes(key) ? [] : { key, address }))
  const isDone = (step: StepId): boolean => isSame(from, graph, step) && factIn(moment.state, step)?.status === 'completed'
  const migration = migrationOf({ graph, graphs }, moment, passes, changes)
  /** What stood at the checkpoint, under the definition that the replay goes by. */
  const stood = (key: string): Json | null => {
    const isMigrated = graph.manifest.version > from.manifest.version
    return (isMigrated ? migratedTo(key) : undefined) ?? value(addressIn(moment.state, key) ?? source.record.input) ?? null
  }
  const were = passesOn(source, source.record.branch)
  return {
    version: source.record.version,
    checkpoint,
    becomes: becomes(entry),
    reused: reused(now, graph, runs),
    runs: described(runs, graph, were),
    outside: outside(now, graph, runs, before).map(({ key: _, ...each }) => each),
    undone: undone.filter((step) => !isTakenOver(step)),
    renewed: graph.order.filter((step) => isDone(step) && !isTakenOver(step) && !undone.includes(step)),
    edits: edited.map((key) => {
      const after = key === inputKey ? record.input : passes.find(({ step, iteration }) => outputKey(step, iteration) === key)?.output
      return { key, before: stood(key), after: after === undefined || after === null ? null : (value(after) ?? null) }
    }),
    revision: { hash: record.revision, version: record.workflowVersion },
    // The run that is replayed takes back what it did, whatever the replay goes by.
    migration: migration && { ...migration, notTakenBack: [] },
    migrated: changes.map(({ key, address }) => ({ key, before: value(addressIn(moment.state, key) ?? address) ?? null, after: value(address) ?? null })),
  }
}

/** What the replay has taken over otherwise than it stood at the checkpoint, by key. */
export function changedIn(entry: RunEntry, { state }: Moment): readonly (readonly [key: string, address: Address])[] {
  const { run, passes } = the(entry, 'run_created')
  const outputs = passes.flatMap(({ step, iteration, output }): (readonly [string, Address])[] => {
    const key = outputKey(step, iteration)
    return output === null || output === addressIn(state, key) ? [] : [[key, output]]
  })
  const input = addressIn(state, inputKey)
  return input === null || input === run.input ? outputs : [[inputKey, run.input], ...outputs]
}
