/** What a window of the desktop is, may do and may not, and what becomes of a second start. */
import { expect, test } from 'vitest'
import { pagePolicy } from '../../src/contract/page-policy.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { starterWorkspace } from '../integration/workspaces.ts'
import { openDesktop } from './desktop.ts'
import { onElectron } from './runtime.ts'

onElectron('a window', () => {
  test('a second start shows the first window, and leads to the run of a link', async () => {
    const { app, page, client, startAgain } = await openDesktop(await starterWorkspace())
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    const { api } = await client()
    const input = { name: 'Ada', address: 'ada@example.com' }
    const { id: run } = await api.runs.start({ workflow: WorkflowName.parse('greeting'), input })
    const isMinimized = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized()))
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    expect(await isMinimized()).toEqual([true])

    expect(await startAgain(`cairn://runs/${run}`)).toBe(0)
    await page.waitForURL(new RegExp(`/runs/${run}$`))
    expect(await isMinimized()).toEqual([false])

    expect(await startAgain('cairn://runs/../../../etc/passwd')).toBe(0)
    expect(page.url()).toContain(`/runs/${run}`)
  })

  test('shows the console and nothing else', async () => {
    const { app, page } = await openDesktop(await starterWorkspace())
    const shown = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()))
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    await app.evaluate(({ shell }) => {
      const left: string[] = []
      Object.assign(globalThis, { left })
      shell.openExternal = (address) => {
        left.push(address)
        return Promise.resolve()
      }
    })
    const left = () => app.evaluate((): unknown => Reflect.get(globalThis, 'left'))
    const before = page.url()
    await page.evaluate("location.href = 'https://example.com/one'")
    await expect.poll(left).toEqual(['https://example.com/one'])
    await page.evaluate("window.open('file:///etc/passwd'); window.open('https://example.com/two')")
    await expect.poll(left).toEqual(['https://example.com/one', 'https://example.com/two'])
    expect(page.url()).toBe(before)
    expect(await shown()).toEqual(['app://console/'])
    await page.evaluate("window.open('/workflows')")
    await expect.poll(shown).toHaveLength(2)

    const policy = await page.evaluate("fetch('/').then((answer) => answer.headers.get('content-security-policy'))")
    expect(policy).toBe(pagePolicy)
    expect(await page.evaluate("fetch('/assets/none.js').then((answer) => answer.status)")).toBe(404)
    expect(await page.evaluate("fetch('/', { method: 'POST' }).then((answer) => answer.status)")).toBe(405)
    await expect(page.evaluate("fetch('https://example.com/')")).rejects.toThrow('Failed to fetch')
    expect(await page.evaluate('Object.keys(window.cairn)')).toEqual(['connect'])
    expect(await page.evaluate('[typeof require, typeof process, typeof module, typeof global]')).toEqual(Array(4).fill('undefined'))
  })
})
