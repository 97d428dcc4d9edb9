import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startTrouble } from './own.ts'
import { layoutOf } from './workspace/layout.ts'
import { replaceFile } from './workspace/replace-file.ts'

const layout = layoutOf('/srv/outreach')
const refusal = (work: () => void) => startTrouble(layout, async () => work()).catch((error: unknown) => error)
const failing = (code: string) => () => {
  throw Object.assign(new Error('so it is'), { code, syscall: 'write' })
}

test.runIf(process.platform === 'linux')('a disk that fills up while a host starts is told as that, though the system names no file', async () => {
  expect(await refusal(() => writeFileSync('/dev/full', 'more than there is room for'))).toMatchObject({
    name: 'StartRefused',
    trouble: 'store',
    message: expect.stringMatching(/^\/srv\/outreach\/\.cairn cannot be used: its disk is full/),
  })
})

test('what the disk does not say of itself is a fault of the program', async () => {
  expect(await refusal(failing('EIO'))).toMatchObject({ trouble: 'store' })
  expect(await refusal(failing('EPERM'))).not.toMatchObject({ name: 'StartRefused' })
  expect(await refusal(failing('ENOENT'))).not.toMatchObject({ name: 'StartRefused' })
})

test('a file that cannot be replaced leaves nothing beside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-own-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const taken = join(folder, 'host.json')
  mkdirSync(taken)
  expect(() => replaceFile(taken, 'one')).toThrow(/EISDIR|EPERM/)
  expect(readdirSync(folder)).toEqual(['host.json'])
})
