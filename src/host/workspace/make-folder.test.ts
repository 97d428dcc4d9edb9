import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createWorkspace } from './create.ts'
import { makeFolder } from './make-folder.ts'

test('a folder is made with all above it, and one that is there stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const deep = join(folder, 'a', 'b', 'c')
  await makeFolder(deep)
  await makeFolder(deep)
  expect(statSync(deep).isDirectory()).toBe(true)
})

test('two who make it at once both have it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const deep = join(folder, 'a', 'b', 'c')
  await Promise.all([makeFolder(deep), makeFolder(deep)])
  expect(statSync(deep).isDirectory()).toBe(true)
})

test.runIf(process.platform === 'linux')('where none may be made, that is said: no workspace is made in /proc', async () => {
  await expect(createWorkspace('/proc/x')).rejects.toMatchObject({
    name: 'StartRefused',
    trouble: 'workspace',
    message: expect.stringMatching(/^\/proc\/x cannot be made \(.*\): name a folder/),
  })
})
