import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TakeUps } from '../engine/control.ts'
import { RunId } from '../model/ids.ts'
import { takeUpsIn } from './take-ups.ts'

const run = (number: number): RunId => RunId.parse(String(number).padStart(26, '0'))

const troubles: unknown[] = []
const takeUps = (): TakeUps => takeUpsIn(file, (_, error) => troubles.push(error))

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-take-ups-'))
  file = join(folder, 'taking-up.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a host that ends over runs has it remembered, each time, until one takes them up', () => {
  takeUps().begin([run(1), run(2)])
  const second = takeUps()
  expect([run(1), run(2), run(3)].map((each) => second.ends(each))).toEqual([1, 1, 0])
  second.begin([run(1)])
  second.done([run(1)])
  second.begin([run(2)])
  const third = takeUps()
  expect([run(1), run(2)].map((each) => third.ends(each))).toEqual([0, 2])
  third.begin([run(2)])
  third.done([run(2)])
  expect(takeUps().ends(run(2))).toBe(0)
  expect(existsSync(file)).toBe(false)
})

test('what a host did not come to is remembered as it was', () => {
  takeUps().begin([run(1)])
  takeUps().begin([run(2)])
  const third = takeUps()
  expect([third.ends(run(1)), third.ends(run(2))]).toEqual([1, 1])
})

test('a file that cannot be read remembers nothing', () => {
  writeFileSync(file, '{"ends": [["no run", 7]]')
  expect(takeUps().ends(run(1))).toBe(0)
})

test('where nothing can be written it is told, and nothing is stopped', () => {
  const before = troubles.length
  rmSync(folder, { recursive: true })
  takeUps().begin([run(1)])
  expect(troubles.length).toBe(before + 1)
})
