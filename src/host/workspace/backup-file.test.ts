import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { backupFile, replacedAt, replacedName } from './backup-file.ts'
import { layoutOf } from './layout.ts'

const at = Date.UTC(2026, 10, 24, 4, 6, 50)

test('a backup that nobody names a file for is called by its time, and as none of before', () => {
  const layout = layoutOf(mkdtempSync(join(tmpdir(), 'cairn-')))
  onTestFinished(() => rmSync(layout.root, { recursive: true }))
  const names = [1, 2, 3].map(() => {
    const file = backupFile(layout, at)
    writeFileSync(file, 'of before')
    return basename(file)
  })
  expect(names).toEqual(['store-20261124-040650.db', 'store-20261124-040650-2.db', 'store-20261124-040650-3.db'])
})

test('when a store was replaced is told by its name, and by the names of its parts', () => {
  const name = replacedName(at)
  expect([name, `${name}-wal`, name.replace('.db', '-2.db')].map(replacedAt)).toEqual([at, at, at])
  expect(['store.db', 'store-20261124-040650.db', 'store-replaced-by-me.db', `${name}.old`].map(replacedAt)).toEqual([undefined, undefined, undefined, undefined])
})
