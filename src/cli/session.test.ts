import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findWorkspace } from './session.ts'

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'cairn-found-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const from = (cwd: string, workspace?: string): string => findWorkspace({ workspace, terminal: { cwd } })

test('the workspace around a folder is found by its settings', () => {
  const root = folder()
  writeFileSync(join(root, 'cairn.config.yaml'), '')
  mkdirSync(join(root, 'workflows', 'letters'), { recursive: true })
  expect(from(join(root, 'workflows', 'letters'))).toBe(root)
})

test('one that has no settings is found by its store, and no other is taken for it', () => {
  const root = folder()
  mkdirSync(join(root, '.cairn'))
  mkdirSync(join(root, 'workflows'))
  expect([from(root), from(join(root, 'workflows'))]).toEqual([root, root])
})

test('the one that is named goes before the one around', () => {
  const root = folder()
  writeFileSync(join(root, 'cairn.config.yaml'), '')
  expect(from(root, 'other')).toBe(join(root, 'other'))
})
