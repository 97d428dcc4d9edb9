import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Child } from '../../test/conformance/child.ts'
import { AlreadyOwned, claimOwnership } from './owner.ts'
import { storePaths } from './paths.ts'

const self = { pid: process.pid, host: 'here' }
let workspace: string

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'cairn-owner-'))
})
afterEach(() => rmSync(workspace, { recursive: true }))

test('a second owner is refused and told of the first', () => {
  const ownership = claimOwnership(workspace, self)
  expect(() => claimOwnership(workspace, { pid: 1, host: 'other' })).toThrow(AlreadyOwned)
  expect(() => claimOwnership(workspace, self)).toThrow(`${workspace} is open in process ${process.pid} on here`)
  ownership.release()
})

test('a workspace that was released can be owned again', () => {
  const first = claimOwnership(workspace, self)
  first.release()
  const second = claimOwnership(workspace, self)
  first.release()
  expect(() => claimOwnership(workspace, self)).toThrow(AlreadyOwned)
  second.release()
})

test('another process is kept out, until it is killed', async () => {
  const child = new Child('owning.ts', workspace)
  expect(await child.says()).toBe('owned')
  const claim = () => claimOwnership(workspace, self)
  expect(claim).toThrow(expect.objectContaining({ owner: { pid: child.pid, host: 'elsewhere' } }))

  await child.kill()
  claim().release()
})

test('an owner that has not said who it is keeps others out all the same', () => {
  const ownership = claimOwnership(workspace, self)
  rmSync(storePaths(workspace).owner)
  expect(() => claimOwnership(workspace, self)).toThrow(expect.objectContaining({ owner: null }))
  ownership.release()
})

test('what is no lock file is told as it is', () => {
  claimOwnership(workspace, self).release()
  const broken = join(workspace, 'file')
  expect(() => claimOwnership(join(broken, '\0'), self)).toThrow(expect.not.objectContaining({ name: 'AlreadyOwned' }))
})
