/** What a window of the desktop is, may do and may not, and what becomes of a second start. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pagePolicy } from '../../src/contract/page-policy.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { root } from '../house/checkout.ts'
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

    // As macOS hands a link over.
    await page.getByRole('link', { name: 'Workflows' }).click()
    await page.waitForURL(/\/workflows$/)
    const opens = (link: string) => app.evaluate(({ app }, url) => app.emit('open-url', { preventDefault: () => undefined }, url), link)
    await opens('cairn://runs/../../../etc/passwd')
    expect(page.url()).toMatch(/\/workflows$/)
    await opens(`cairn://runs/${run}`)
    await page.waitForURL(new RegExp(`/runs/${run}$`))
  })

  test('the tray says how the workspace stands, leads to what needs a person, and outlives the windows where it is told to', async () => {
    const { app, page, client } = await openDesktop(await starterWorkspace())
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    await app.evaluate(({ Tray }) => {
      const { setContextMenu } = Tray.prototype
      Tray.prototype.setContextMenu = function (menu) {
        Object.assign(globalThis, { trayMenu: menu })
        setContextMenu.call(this, menu)
      }
    })
    const labels = () =>
      app.evaluate(() => {
        const menu: Electron.Menu | undefined = Reflect.get(globalThis, 'trayMenu')
        return menu?.items.map(({ label }) => label)
      })
    const press = (label: string) =>
      app.evaluate((_, wanted) => {
        const menu: Electron.Menu = Reflect.get(globalThis, 'trayMenu')
        const item = menu.items.find((each) => each.label === wanted)
        if (item?.type === 'checkbox') item.checked = !item.checked
        item?.click()
      }, label)

    const { api } = await client()
    await api.runs.start({ workflow: WorkflowName.parse('greeting'), input: { name: 'Ada', address: 'ada@example.com' } })
    await expect.poll(labels).toContain('no run under way, 1 needs you')
    await press('Needs attention (1)')
    await page.waitForURL(/\/attention$/)

    await press('Go on when all windows are closed')
    const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => window.close()))
    await expect.poll(windows).toBe(0)
    expect((await api.runs.counts({})).byStatus).toMatchObject({ waiting: 1 })
    await press('Open Cairn')
    await expect.poll(windows).toBe(1)
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
    await page.evaluate("window.open('file:///etc/passwd', '', 'noopener'); window.open('https://example.com/two', '', 'noopener')")
    await expect.poll(left).toEqual(['https://example.com/one', 'https://example.com/two'])
    expect(page.url()).toBe(before)
    expect(await shown()).toEqual(['app://console/'])
    await page.evaluate("window.open('/workflows', '', 'noopener')")
    await expect.poll(shown).toHaveLength(2)

    const policy = await page.evaluate("fetch('/').then((answer) => answer.headers.get('content-security-policy'))")
    expect(policy).toBe(pagePolicy)
    expect(await page.evaluate("fetch('/assets/none.js').then((answer) => answer.status)")).toBe(404)
    expect(await page.evaluate("fetch('/', { method: 'POST' }).then((answer) => answer.status)")).toBe(405)
    await expect(page.evaluate("fetch('https://example.com/')")).rejects.toThrow('Failed to fetch')
    expect(await page.evaluate('Object.keys(window.cairn)')).toEqual(['connect', 'choose', 'reopen'])
    expect(await page.evaluate('[typeof require, typeof process, typeof module, typeof global]')).toEqual(Array(4).fill('undefined'))
  })

  test('gets from its preload one file, which takes nothing along but Electron', () => {
    const folder = join(root, 'out', 'preload')
    expect(readdirSync(folder).filter((name) => !name.endsWith('.map'))).toEqual(['preload.cjs'])
    const text = readFileSync(join(folder, 'preload.cjs'), 'utf8')
    expect([...text.matchAll(/\b(?:require|import)\(["'`](.*?)["'`]\)/g)].map(([, name]) => name)).toEqual(['electron'])
  })

  // What no page of ours does by itself is put to the window as Electron would put it.
  test('lets nothing else in, whatever a page comes to', async () => {
    const { app, page } = await openDesktop(await starterWorkspace())
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    const prevents = (name: string, url: string) =>
      app.evaluate(
        ({ BrowserWindow }, [event, address]) => {
          let isPrevented = false
          const preventDefault = () => (isPrevented = true)
          BrowserWindow.getAllWindows()[0]?.webContents.emit(event, { url: address, preventDefault })
          return isPrevented
        },
        [name, url] as const,
      )
    expect(await prevents('will-attach-webview', '')).toBe(true)
    expect(await prevents('will-frame-navigate', 'https://example.com/')).toBe(true)
    expect(await prevents('will-frame-navigate', 'about:srcdoc')).toBe(false)
    expect(await prevents('will-redirect', 'https://example.com/')).toBe(true)
    expect(await prevents('will-redirect', 'app://console/runs')).toBe(false)
    expect(await prevents('will-navigate', 'app://console.example.com/')).toBe(true)
  })

  // No page of ours dies by itself: that it has is told as Electron would tell it.
  test('whose page has died is loaded again where it was, and asks when that does not help', async () => {
    const { app, page } = await openDesktop(await starterWorkspace())
    await page.getByRole('link', { name: 'Workflows' }).click()
    await page.getByRole('heading', { name: 'Workflows', level: 1 }).waitFor()
    await app.evaluate(({ dialog }) => {
      const asked: unknown[] = []
      Object.assign(globalThis, { asked })
      Reflect.set(dialog, 'showMessageBox', (...args: unknown[]) => {
        asked.push(args.at(-1))
        return new Promise(() => undefined)
      })
    })
    const asked = () => app.evaluate((): unknown => Reflect.get(globalThis, 'asked'))
    const dies = () =>
      app.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
      })
    for (let death = 0; death < 3; death += 1) {
      await page.evaluate('window.isOld = true')
      await dies()
      await expect.poll(() => page.evaluate('window.isOld').catch(() => true)).toBe(undefined)
      await page.getByRole('heading', { name: 'Workflows', level: 1 }).waitFor()
    }
    expect(await asked()).toEqual([])
    await dies()
    expect(await asked()).toMatchObject([{ message: 'This window cannot be shown', buttons: ['Load it again', 'Close the window'] }])
  })

  test('has its host hear the console alone', async () => {
    const { app, page, host } = await openDesktop(await starterWorkspace())
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
    const closesPortOf = (url: string, isFrame: boolean) =>
      app.evaluate(
        ({ ipcMain, MessageChannelMain }, { from, parent }) =>
          new Promise<boolean>((resolve) => {
            const { port1, port2 } = new MessageChannelMain()
            port1.once('close', () => resolve(true))
            port1.once('message', () => resolve(false))
            port1.start()
            ipcMain.emit('cairn:connect', { senderFrame: { url: from, parent }, ports: [port2] })
          }),
        { from: url, parent: isFrame ? {} : null },
      )
    expect(await closesPortOf('app://console/', false)).toBe(false)
    expect(await closesPortOf('app://console/', true)).toBe(true)
    expect(await closesPortOf('https://example.com/', false)).toBe(true)
    expect((await host()).url, 'nothing listens on a port that nobody asked for').toBe(null)
  })
})
