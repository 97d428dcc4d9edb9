import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Background } from './background.ts'

function profile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-profile-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('what is usual stands until the user says otherwise, and that stands at the next start', () => {
  const folder = profile()
  expect(new Background(folder, true).goesOn).toBe(true)
  const background = new Background(folder, false)
  expect(background.goesOn).toBe(false)
  background.set(true)
  expect([background.goesOn, new Background(folder, false).goesOn]).toEqual([true, true])
})

test('a file that says something else is as good as none', () => {
  const folder = profile()
  for (const text of ['', '{', '{"goesOn":"yes"}', 'null']) {
    writeFileSync(join(folder, 'background.json'), text)
    expect(new Background(folder, true).goesOn, text).toBe(true)
  }
})

test('what cannot be kept holds all the same', () => {
  const file = join(profile(), 'a-file')
  writeFileSync(file, '')
  const background = new Background(join(file, 'below'), false)
  background.set(true)
  expect(background.goesOn).toBe(true)
})
