import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../../test/conformance/manual-clock.ts'
import { hostActor } from '../../model/actor.ts'
import type { HostEvent } from '../../model/event.ts'
import { Checksum } from '../../model/ids.ts'
import { StorageFailed } from '../../model/storage-errors.ts'
import { readWhole } from './config.ts'
import { LiveConfig } from './live-config.ts'

function live(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-live-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cairn.config.yaml')
  const write = (words: string) => writeFileSync(file, words)
  write(text)
  const clock = new ManualClock()
  const recorded: HostEvent[] = []
  const troubles: string[] = []
  const store = { fails: false }
  let changed = 0
  const config = new LiveConfig({
    ...{ file, clock, first: readWhole(file) },
    here: () => [],
    changed: () => void (changed += 1),
    record: async (...events) => {
      if (store.fails) throw new StorageFailed('the disk is full')
      recorded.push(...events)
      return { at: 0, actor: hostActor, correlation: null, run: null, events, position: 1, digest: Checksum.parse('0'.repeat(64)) }
    },
    troubled: (what) => troubles.push(what),
  })
  onTestFinished(() => config.close())
  return { config, write, clock, recorded, troubles, store, changed: () => changed, rule: () => config.config.policy.usual.checkpoints }
}

/** Once the file is looked at, and has to stay as it is for a while. */
async function waits(clock: ManualClock): Promise<void> {
  await expect.poll(() => clock.pending).toBe(1)
}

test('a file that is written in two parts is taken once it is whole', async () => {
  const { config, write, clock, recorded, rule } = live('checkpoints: after\n')
  write('')
  const looked = config.refresh()
  await waits(clock)
  clock.advance(900)
  expect(rule()).toBe('after')
  write('checkpoints: ar')
  clock.advance(100)
  await waits(clock)
  write('checkpoints: around\n')
  clock.advance(100)
  await waits(clock)
  expect([rule(), recorded]).toEqual(['after', []])
  clock.advance(100)
  await looked
  expect(rule()).toBe('around')
  expect(recorded).toEqual([{ type: 'policy_changed', changes: [{ key: 'checkpoints', workflow: null, step: null, from: 'after', to: 'around', takes: 'now' }] }])
})

test('a file that says the same in other words is nothing new', async () => {
  const { config, write, clock, recorded, changed } = live('checkpoints: after\n')
  write('# as before\ncheckpoints: "after"\n')
  const looked = config.refresh()
  await waits(clock)
  clock.advance(100)
  await looked
  expect([recorded, changed()]).toEqual([[], 0])
  expect(config.view().settings.find(({ key }) => key === 'checkpoints')?.said).toEqual([{ workflow: null, step: null, value: 'after', line: 2 }])
})

test('what cannot be journaled does not come into force, and does once it can', async () => {
  const { config, write, clock, store, rule, changed } = live('checkpoints: after\n')
  write('checkpoints: around\n')
  store.fails = true
  const looked = config.refresh()
  await waits(clock)
  clock.advance(100)
  await expect(looked).rejects.toThrow('the disk is full')
  expect([rule(), changed()]).toEqual(['after', 0])
  store.fails = false
  const again = config.refresh()
  await waits(clock)
  clock.advance(100)
  await again
  expect([rule(), changed()]).toEqual(['around', 1])
})

test('a file that stays wrong is told of once', async () => {
  const { config, write, clock, recorded, troubles } = live('')
  write('checkpoints: before\n')
  for (const times of [1, 2]) {
    const looked = config.refresh()
    if (times === 1) {
      await waits(clock)
      clock.advance(100)
    }
    await looked
  }
  expect(recorded).toMatchObject([{ type: 'policy_refused', faults: [{ line: 1 }] }])
  expect(troubles).toHaveLength(1)
})
