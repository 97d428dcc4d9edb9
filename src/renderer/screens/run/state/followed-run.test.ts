import { expect, test } from 'vitest'
import {
  runId,
  sampleLog,
  sampleProgress,
  sampleRevision,
  loneRun,
  sampleStep,
} from '../../../../../test/conformance/samples.ts'
import type { FollowItem, RunChanged } from '../../../../contract/streams.ts'
import { Checksum } from '../../../../model/ids.ts'
import type { Signal } from '../../../../model/log.ts'
import { follow } from './followed-run.ts'

const run = loneRun(1)
const detail = {
  position: 0,
  record: run.record,
  manifest: sampleRevision.manifest,
  steps: [],
  attempts: [],
  decisions: [],
  errors: [],
}
const whole: FollowItem = { type: 'whole', detail, signals: [sampleLog(runId(1), 'before', { at: 1 })] }
const heard = (signal: Signal): FollowItem => ({ type: 'signal', signal })

function changed(): RunChanged {
  const { entry, record } = run.next()
  const stored = { ...entry, position: entry.version, digest: Checksum.parse('ef'.repeat(32)) }
  return { type: 'changed', entry: stored, record, steps: [sampleStep()], attempts: [], decisions: [], errors: [] }
}

test('nothing is known until the run was told whole', () => {
  expect(follow(undefined, [{ type: 'missed', signals: 1 }])).toBeUndefined()
  expect(follow(undefined, [whole])?.logs.map(({ message }) => message)).toEqual(['before'])
})

test('changes and signals are folded in, however they are gathered', () => {
  const items = [
    whole,
    changed(),
    heard(sampleLog(runId(1), 'then', { at: 2 })),
    heard(sampleProgress(runId(1), 0.5)),
    changed(),
    heard(sampleProgress(runId(1), 0.7)),
  ]
  const atOnce = follow(undefined, items)
  expect(items.reduce<ReturnType<typeof follow>>((known, item) => follow(known, [item]), undefined)).toEqual(atOnce)
  expect(atOnce?.told.entries).toHaveLength(2)
  expect(atOnce?.logs.map(({ message }) => message)).toEqual(['before', 'then'])
  expect([...(atOnce?.progress.values() ?? [])].map(({ fraction }) => fraction)).toEqual([0.7])
  expect(atOnce?.detail.record.version).toBe(run.record.version)
})

test('told whole anew, nothing of before is left', () => {
  const known = follow(undefined, [
    whole,
    changed(),
    heard(sampleLog(runId(1), 'then', { at: 2 })),
    { type: 'missed', signals: 4 },
  ])
  expect(known?.missed).toBe(4)
  expect(follow(known, [heard(sampleLog(runId(1), 'lost', { at: 3 })), whole])).toEqual(follow(undefined, [whole]))
})

test('of very many entries the newest are kept, without a gap behind where they begin', () => {
  const { told: before } = follow(undefined, [whole, changed()]) ?? {}
  const entry = before?.entries[0]
  if (entry === undefined) throw new Error('nothing was told')
  const from = before?.after ?? 0
  let known = follow(undefined, [whole])
  for (let added = 1; added <= 5_000; added += 1) {
    known = follow(known, [{ ...changed(), entry: { ...entry, position: from + added } }])
    const { after = -1, entries = [] } = known?.told ?? {}
    if (entries.length > 2_000 || entries[0]?.position !== after + 1) throw new Error(`a gap after ${added}`)
  }
  expect(known?.told.entries.at(-1)?.position).toBe(from + 5_000)
})

test('of very many log lines the newest are kept', () => {
  const many = Array.from({ length: 6_000 }, (_, line) => heard(sampleLog(runId(1), `line ${line}`, { at: line })))
  const logs = follow(undefined, [whole, ...many])?.logs
  expect(logs).toHaveLength(5_000)
  expect(logs?.at(-1)?.message).toBe('line 5999')
})
