import fc from 'fast-check'
import { expect, test } from 'vitest'
import { membersOf, type Row } from './members.ts'
import { rowsOfPs } from './table.ts'

const leader = 100
const row = (pid: number, parent: number, more: Partial<Row> = {}): Row => ({ pid, parent, group: pid, session: pid, isMarked: false, ...more })

test.each([
  ['the program itself', row(leader, 1)],
  ['its child', row(7, leader)],
  ['one of its group whose parent is gone', row(7, 1, { group: leader })],
  ['one of its session in a group of its own', row(7, 1, { session: leader })],
  ['one that has left all three, by its mark', row(7, 1, { isMarked: true })],
])('of the tree is %s', (_, one) => {
  expect(membersOf([row(leader, 1), one, row(8, 1)], { leader })).toEqual(new Set([leader, one.pid]))
})

test('who is of the tree has all its children there, and nobody else is', () => {
  const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(parents, fc.nat(), (given, at) => {
      // Each process has one before it as its parent, or the system's first.
      const rows = given.map((from, index) => row(index + 10, index === 0 ? 1 : 10 + (from % index)))
      const marked = rows[at % rows.length]
      const all = rows.map((each) => (each === marked ? { ...each, isMarked: true } : each))
      const members = membersOf(all, { leader: undefined })
      for (const { pid, parent, isMarked } of all) expect(members.has(pid)).toBe(isMarked || members.has(parent))
    }),
  )
})

test('a table of ps is read line by line; what is only not buried is not there', () => {
  const table = ['  100     1   100 Ss   /bin/sh build.sh CAIRN_PROGRAM=mark', ' 101   100   100 Z    (sleep)', '  102   100   102 S+   sleep 9', ''].join('\n')
  expect(rowsOfPs(table, 'mark')).toEqual([
    { pid: 100, parent: 1, group: 100, session: null, isMarked: true },
    { pid: 102, parent: 100, group: 102, session: null, isMarked: false },
  ])
})
