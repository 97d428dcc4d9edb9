import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunId } from '../model/ids.ts'
import { takeUpsIn } from './take-ups.ts'

const run = (number: number): RunId => RunId.parse(String(number).padStart(26, '0'))

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-take-ups-'))
  file = join(folder, 'taking-up.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a host that ends over runs has it remembered, each time, until one takes them up', () => {
  takeUpsIn(file).begin([run(1), run(2)])
  const second = takeUpsIn(file)
  expect([run(1), run(2), run(3)].map((each) => second.ends(each))).toEqual([1, 1, 0])
  second.begin([run(1)])
  second.done([run(1)])
  second.begin([run(2)])
  const third = takeUpsIn(file)
  expect([run(1), run(2)].map((each) => third.ends(each))).toEqual([0, 2])
  third.begin([run(2)])
  third.done([run(2)])
  expect(takeUpsIn(file).ends(run(2))).toBe(0)
  expect(existsSync(file)).toBe(false)
})

test('what a host did not come to is remembered as it was', () => {
  takeUpsIn(file).begin([run(1)])
  takeUpsIn(file).begin([run(2)])
  const third = takeUpsIn(file)
  expect([third.ends(run(1)), third.ends(run(2))]).toEqual([1, 1])
})

test('a file that cannot be read remembers nothing', () => {
  writeFileSync(file, '{"ends": [["no run", 7]]')
  expect(takeUpsIn(file).ends(run(1))).toBe(0)
})
