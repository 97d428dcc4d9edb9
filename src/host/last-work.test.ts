import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextRound } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Clock } from '../engine/ports.ts'
import { RunId } from '../model/ids.ts'
import { keepLastWork } from './last-work.ts'

const run = (number: number): RunId => RunId.parse(String(number).padStart(26, '0'))
const day = 24 * 60 * 60_000
const machineStarted = Date.now() - day

let folder: string
let layout: { readonly lastWork: string; readonly endedOver: string }
let now: number
let timers: (() => void)[]
let troubles: unknown[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-last-work-'))
  layout = { lastWork: join(folder, 'last-work'), endedOver: join(folder, 'ended-over.json') }
  now = Date.now()
  timers = []
  troubles = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const clock: Clock = {
  now: () => now,
  at(_, call) {
    timers.push(call)
    return () => (timers = timers.filter((each) => each !== call))
  },
}

/** A host begins. One that is not closed before the next has died. */
const host = (started = machineStarted) => keepLastWork({ layout, clock, machineStarted: started, troubled: (_, error) => troubles.push(error) })

/** What stands in the file, as whoever came after a host that dies now would find it. */
const noted = (): string => readFileSync(layout.lastWork, 'latin1').split('\n')[0]?.trim() ?? ''

/** A host that dies while it is at work on a run: the file stays as it is then. */
function dies(over: RunId): void {
  const then = host().on(over, () => readFileSync(layout.lastWork))
  writeFileSync(layout.lastWork, then)
}

test('a host that dies at work on a run is remembered with when, each time, until that gets on', () => {
  dies(run(1))
  dies(run(1))
  const third = host()
  expect([third.ends(run(1)).length, third.ends(run(2))]).toEqual([2, []])
  expect(Math.abs(Date.parse(third.ends(run(1))[0] ?? '') - now)).toBeLessThan(60_000)
  third.forget(run(1))
  third.close()
  expect(host().ends(run(1))).toEqual([])
  expect(existsSync(layout.endedOver)).toBe(false)
})

test('what is noted is what is worked on at the moment, within other work too, and nothing in between', () => {
  const { on } = host()
  const seen = on(run(1), () => {
    const before = noted()
    const inside = on(run(2), noted)
    return [before, inside, noted()]
  })
  expect([...seen, noted()]).toEqual([run(1), run(2), run(1), ''])
})

test('who is blamed is noted between two pieces of work, and remembered where the host dies then; nobody is any more once that is over', () => {
  const first = host()
  expect(first.isAfterCrash).toBe(false)
  first.blame(run(1))
  expect([noted(), first.on(run(2), noted), noted()]).toEqual([run(1), run(2), run(1)])
  first.on(run(2), () => first.blame(null))
  expect(noted()).toBe('')
  first.blame(run(3))
  const second = host()
  expect([second.isAfterCrash, second.ends(run(3)).length, noted()]).toEqual([true, 1, ''])
  second.close()
  expect(host().isAfterCrash).toBe(false)
})

test('the host before is remembered as having ended over who turns out to be to blame, unless it ended over another', () => {
  host()
  const second = host()
  second.blameBefore(run(1))
  expect([second.ends(run(1)).length, Math.abs(Date.parse(second.ends(run(1))[0] ?? '') - now) < 60_000]).toEqual([1, true])
  second.blame(run(1))
  const third = host()
  third.blameBefore(run(2))
  expect([third.ends(run(1)).length, third.ends(run(2))]).toEqual([2, []])
  third.close()
  const fourth = host()
  fourth.blameBefore(run(3))
  expect(fourth.ends(run(3))).toEqual([])
})

test('what work throws is noted until the event loop goes on: a host that ends by it has ended over that run', async () => {
  const { on } = host()
  const work = (): void =>
    on(run(1), () => {
      throw new Error('nobody catches this')
    })
  expect(work).toThrow('nobody catches this')
  expect(noted()).toBe(run(1))
  await nextRound()
  expect(noted()).toBe('')
})

test('after a minute nothing is noted, unless the host before it did not end in good order', () => {
  const first = host()
  timers.forEach((call) => call())
  expect(first.on(run(1), noted)).toBe('')
  const second = host()
  expect(timers).toHaveLength(1)
  expect(second.on(run(1), noted)).toBe(run(1))
  second.close()
  expect(existsSync(layout.lastWork)).toBe(false)
  host()
  expect(timers).toHaveLength(2)
})

test('nobody is blamed where the machine has started since, or a day later', () => {
  dies(run(1))
  const next = host(machineStarted + day)
  expect(next.ends(run(1))).toEqual([])
  next.close()
  dies(run(2))
  host().close()
  now += day + 60_000
  expect(host().ends(run(2))).toEqual([])
})

test('files that cannot be read remember nothing; where nothing can be written that is told once, and nothing is stopped', () => {
  writeFileSync(layout.endedOver, '[["no run", 7]')
  writeFileSync(layout.lastWork, 'no note')
  expect(host().ends(run(1))).toEqual([])
  rmSync(folder, { recursive: true })
  const { on } = host()
  expect(on(run(1), () => 'done')).toBe('done')
  expect(troubles).toHaveLength(1)
})
