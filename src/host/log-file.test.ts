import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { LogFile } from './log-file.ts'

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'logs', 'host.log')
}

test('what is written stands in the file once it is closed, and nothing of what comes later', async () => {
  const path = place()
  const file = new LogFile(path)
  file.write('one\n')
  await file.close()
  file.write('two\n')
  await file.close()
  expect(readFileSync(path, 'utf8')).toBe('one\n')
  expect(file.trouble).toBeNull()
})

test.each<[string, (path: string) => void]>([
  ['is a folder', (path) => mkdirSync(path, { recursive: true })],
  ['is to stand in what is no folder', (path) => writeFileSync(join(path, '..'), '')],
])('one that %s says so, with the way out, and keeps nobody from anything', async (_, spoil) => {
  const path = place()
  spoil(path)
  const file = new LogFile(path)
  expect(file.trouble).toMatchObject({ name: 'LogNotWritten', message: expect.stringContaining(path), wayOut: expect.stringContaining('move it away') })
  file.write('one\n')
  await file.close()
})

/** What is written there meets a full disk. */
const full = '/dev/full'

test.runIf(existsSync(full))('one whose disk is full says so', async () => {
  const path = place()
  mkdirSync(join(path, '..'))
  symlinkSync(full, path)
  const file = new LogFile(path)
  expect(file.trouble).toBeNull()
  file.write('one\n')
  await file.close()
  expect(file.trouble).toMatchObject({ message: expect.stringContaining('ENOSPC') })
})
