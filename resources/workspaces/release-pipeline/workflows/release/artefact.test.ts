import { expect, test } from 'vitest'
import { digestOf, folderOf } from './artefact.ts'

test('the last word that a program printed is what it hands on', () => {
  expect(folderOf({ stdout: 'wrote package.json\nthe project is in projects/01ABC\n' })).toBe('projects/01ABC')
  expect(digestOf({ stdout: 'built 0f3a9c21' })).toBe('0f3a9c21')
  expect(digestOf({ stdout: '' })).toBe('')
})
