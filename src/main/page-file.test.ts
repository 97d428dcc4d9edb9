import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pageFile } from './page-file.ts'

let folder: string
let root: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-page-')))
  root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), 'the page')
  writeFileSync(join(root, 'assets', 'index-abc.js'), 'code')
  writeFileSync(join(root, '.hidden'), 'secret')
  writeFileSync(join(folder, 'outside.txt'), 'secret')
  mkdirSync(join(folder, 'renderer-beside'))
  writeFileSync(join(folder, 'renderer-beside', 'index.html'), 'secret')
  symlinkSync(join(folder, 'outside.txt'), join(root, 'link.txt'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a file of the console is given', async () => {
  expect(await pageFile(root, 'GET', 'app://console/assets/index-abc.js')).toEqual({ file: join(root, 'assets', 'index-abc.js') })
})

test.each(['', '/', '/runs', '/runs/01ABC?step=draft', '/workflows/outreach/start', '/assets'])('the page is the answer to "%s"', async (path) => {
  expect(await pageFile(root, 'GET', `app://console${path}`)).toEqual({ file: join(root, 'index.html') })
})

test('a part of another build is not answered with the page', async () => {
  expect(await pageFile(root, 'GET', 'app://console/assets/index-old.js')).toMatchObject({ status: 404 })
})

test.each([
  '/../outside.txt',
  '/%2e%2e/outside.txt',
  '/..%2foutside.txt',
  '/..%2Frenderer-beside/index.html',
  '/assets/..%2f..%2foutside.txt',
  '//outside.txt',
  '/.hidden',
  '/link.txt',
])('%s leads to nothing but the page', async (path) => {
  expect(await pageFile(root, 'GET', `app://console${path}`)).toEqual(
    path.startsWith('/assets/') ? expect.objectContaining({ status: 404 }) : { file: join(root, 'index.html') },
  )
})

test.each(['/%00', '/index.html%00.js', '/..%5coutside.txt', '/C:%5Cwindows', '/c:/windows', '/%', '/%ff'])('%s is no path', async (path) => {
  expect(await pageFile(root, 'GET', `app://console${path}`)).toMatchObject({ status: 400 })
})

test('nothing is taken but requests to read, and for no other address', async () => {
  for (const method of ['POST', 'HEAD', 'PUT', 'get']) {
    expect(await pageFile(root, method, 'app://console/')).toMatchObject({ status: 405 })
  }
  for (const address of ['app://other/', 'app://console.example/', 'file:///etc/passwd', 'nonsense']) {
    expect(await pageFile(root, 'GET', address)).toMatchObject({ status: 403 })
  }
})

test('a console that was not built says so', async () => {
  rmSync(root, { recursive: true })
  expect(await pageFile(root, 'GET', 'app://console/')).toMatchObject({ status: 404, words: expect.stringContaining('built') })
})
