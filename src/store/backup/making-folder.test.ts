import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { halvesIn, inMakingFolder, removeAbandoned } from './making-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-making-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const here = (): string[] => readdirSync(folder).toSorted()

/** As a process leaves it that is killed. */
function abandoned(name: string, files: readonly string[] = ['lock.db', 'locked', 'store.db', 'store.db-journal']): void {
  mkdirSync(join(folder, name))
  for (const file of files) writeFileSync(join(folder, name, file), '')
}

test('what is being made stays, and is gone once it is made, or is not', async () => {
  const made = await inMakingFolder(join(folder, 'a.db'), async (file) => {
    writeFileSync(file, 'half of it')
    await removeAbandoned(folder)
    expect(existsSync(file)).toBe(true)
    expect(await halvesIn(folder)).toEqual([file])
    return dirname(file)
  })
  expect(made).toMatch(/a\.db\.new-\w{6}$/)
  expect(here()).toEqual([])
  await expect(inMakingFolder(join(folder, 'a.db'), () => Promise.reject(new Error('the disk is full')))).rejects.toThrow('the disk is full')
  expect(here()).toEqual([])
})

test('what nobody is making any more is removed, of whichever name, also by two at once', async () => {
  abandoned('a.db.new-aB3xYz')
  abandoned('b.db.new-012345', ['lock.db', 'locked'])
  await Promise.all([removeAbandoned(folder), removeAbandoned(folder)])
  expect(here()).toEqual([])
})

test('what is about to be locked stays, and what is called like it', async () => {
  abandoned('a.db.new-aB3xYz', [])
  abandoned('b.db.new-aB3xYz', ['lock.db'])
  abandoned('c.db.new-aB3xYz', ['store.db', 'locked'])
  abandoned('d.db.new-since-may')
  writeFileSync(join(folder, 'e.db.new-aB3xYz'), 'of somebody else')
  const before = here()
  await removeAbandoned(folder)
  expect(here()).toEqual(before)
  expect(existsSync(join(folder, 'c.db.new-aB3xYz', 'store.db'))).toBe(true)
})

test('what somebody has put beside what was left stays, and so does a folder that is not there', async () => {
  abandoned('a.db.new-aB3xYz', ['lock.db', 'locked', 'store.db', 'mine.txt'])
  await removeAbandoned(folder)
  expect(readdirSync(join(folder, 'a.db.new-aB3xYz'))).toEqual(['mine.txt'])
  await removeAbandoned(join(folder, 'nowhere'))
  expect(existsSync(join(folder, 'nowhere'))).toBe(false)
})
