import { expect, test } from 'vitest'
import { ManualClock } from '../../test/conformance/manual-clock.ts'
import { CorruptionFound, StorageFailed } from '../model/storage-errors.ts'
import { FaultWatch } from './fault-watch.ts'

function watched() {
  const clock = new ManualClock()
  const told: (string | null)[] = []
  let probes = 0
  const probe = (): Promise<void> => {
    probes += 1
    return Promise.reject(new StorageFailed('still'))
  }
  const watch = new FaultWatch({ clock, probe, changed: (fault) => told.push(fault?.message ?? null) })
  return { watch, clock, told, probed: () => probes }
}

const full = new StorageFailed('the disk is full', { fault: 'full' })

test('a fault is told once while it lasts, another one too, and that it is over once nothing fails for a while', () => {
  const { watch, told, clock } = watched()
  watch.committed()
  watch.failed(full)
  watch.committed()
  watch.failed(full)
  expect(watch.fault).toBe(full)
  watch.failed(new StorageFailed('the disk fails'))
  clock.advance(2_900)
  watch.committed()
  expect(watch.fault).not.toBeNull()
  clock.advance(100)
  watch.committed()
  watch.committed()
  expect(watch.fault).toBeNull()
  expect(told).toEqual(['the disk is full', 'the disk fails', null])
})

test('while it lasts it is tried again, also where nobody writes', () => {
  const { watch, clock, probed } = watched()
  watch.failed(full)
  watch.failed(full)
  expect(clock.pending).toBe(1)
  clock.advance(1_000)
  expect(probed()).toBe(1)
  watch.failed(full)
  clock.advance(1_000)
  expect(probed()).toBe(2)
  watch.failed(full)
  watch.committed()
  expect(clock.pending).toBe(1)
  clock.advance(3_000)
  watch.committed()
  expect(clock.pending).toBe(0)
})

test('damage is told once, and stays: nothing is tried for it, and no fault that passes hides it', () => {
  const { watch, told, clock } = watched()
  watch.damaged(new CorruptionFound('file', 'store.db', 'a page is malformed'))
  watch.damaged(new CorruptionFound('file', 'store.db', 'another is'))
  expect(clock.pending).toBe(0)
  watch.failed(full)
  clock.advance(3_000)
  watch.committed()
  expect(watch.fault).toMatchObject({ key: 'store.db' })
  expect(told).toEqual(['file store.db is corrupt: a page is malformed'])
})

test('a store that is being closed is not tried any more', () => {
  const { watch, clock } = watched()
  watch.failed(full)
  watch.close()
  watch.failed(full)
  expect(clock.pending).toBe(0)
})
