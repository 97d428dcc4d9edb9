/** A host that is killed at a named point of a removal: whatever it left is whole, and the next one goes on with it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Child } from '../conformance/child.ts'
import { makePast, numbersIn, type PastRun, seenOf, seenWithout } from '../conformance/past.ts'
import { ScratchStore } from '../conformance/scratch-store.ts'
import { unnamedValues } from '../conformance/unnamed-values.ts'
import type { RunId } from '../../src/model/ids.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import { removalPoints } from './removal-points.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const kills = Math.ceil(scale)
/** As long as many take; no single one waits. */
const patience = 60_000 * Math.max(1, 10 * scale)

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

/**
 * All runs of billing are to go: a long one takes several transactions, and both that and another share values with a run that
 * stays. So are branches of those of outreach. The child of the long one has ended before it.
 */
const past: readonly PastRun[] = [
  { workflow: 'billing', of: 0, passes: 3, hasEnded: true, logs: 1 },
  { workflow: 'outreach', of: 0, passes: 5, hasEnded: true, logs: 1 },
  { workflow: 'billing', of: 2, passes: 140, hasEnded: true, logs: 2 },
  { workflow: 'billing', of: 3, passes: 4, hasEnded: true, logs: 1 },
  { workflow: 'outreach', of: 4, passes: 9, hasEnded: false, logs: 1 },
  { workflow: 'outreach', of: 2, passes: 3, hasEnded: true, logs: 1 },
  { workflow: 'billing', of: 6, childOf: 2, passes: 2, hasEnded: true, logs: 1 },
]
const [parent, child] = [2, 6]
const stays = [1, 4, 5]
/** The checkpoints that are there of them in the end. */
const left: Readonly<Record<number, readonly number[]>> = { 1: [5], 4: [9], 5: [3] }

test.each(removalPoints)(`killed at "%s", ${kills} times over, the store is whole`, async (point) => {
  // A file is written anew only once.
  const turns = point.includes('anew') ? 1 : kills
  for (let turn = 1; turn <= turns; turn += 1) {
    const store = await scratch.open({ durability: 'normal' })
    const ids = await makePast(store, scratch.clock, past, 1 + turn * past.length)
    await scratch.shut()
    const before = seenOf(scratch.workspace, ids)

    const host = new Child('retaining.ts', scratch.workspace, point, String(turn))
    await host.rest()
    expect(host.signal).toBe('SIGKILL')
    isWhole()
    const after = seenOf(scratch.workspace, ids)
    for (const id of ids) {
      const there = new Set(numbersIn(after.get(id)))
      if (!isRemoved(after, id)) expect(after.get(id)).toEqual(seenWithout(before.get(id), (checkpoint) => !there.has(checkpoint)))
    }

    const isThere = (index: number): boolean => ids.slice(index, index + 1).some((id) => !isRemoved(after, id))
    expect(isThere(child) || !isThere(parent)).toBe(true)

    const next = new Child('retaining.ts', scratch.workspace, 'nowhere')
    expect(await next.rest()).toEqual(['removed'])
    isWhole()
    expect(unnamedValues(scratch.workspace)).toBe(0)
    const end = seenOf(scratch.workspace, ids)
    for (const [index, id] of ids.entries()) {
      expect(isRemoved(end, id)).toBe(!stays.includes(index))
      const kept = left[index] ?? []
      if (stays.includes(index)) expect(end.get(id)).toEqual(seenWithout(before.get(id), (checkpoint) => !kept.includes(checkpoint)))
    }
  }
}, patience)

function isWhole(): void {
  const reads = openReads(scratch.workspace)
  const { findings } = reads.verify()
  reads.close()
  expect(findings).toEqual([])
}

function isRemoved(seen: ReadonlyMap<RunId, unknown>, id: RunId): boolean {
  const told = seen.get(id)
  return typeof told === 'object' && told !== null && 'removed' in told
}
