import { BrowserWindow } from 'electron'
import { lostChannel, refusedChannel } from '../contract/desktop/page.ts'
import type { Refusal } from '../contract/desktop/refusal.ts'
import { home } from './address.ts'
import { tellCameUp } from './came-up.ts'
import { preloadFile } from './places.ts'
import { watchPage } from './watch-page.ts'

/** Opens a window at an address of the console; it is shown once there is something to see. */
export function openWindow(address = `${home}/`): void {
  const window = new BrowserWindow({
    width: 1440,
    height: 920,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Cairn',
    autoHideMenuBar: true,
    webPreferences: { preload: preloadFile, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  watchPage(window, address)
  window.once('ready-to-show', () => {
    window.show()
    tellCameUp()
  })
  window.loadURL(address).catch((error: unknown) => {
    if (!window.isDestroyed()) process.stderr.write(`${address} could not be shown: ${String(error)}\n`)
  })
}

/** Tells every page that its host is gone. */
export function tellLost(): void {
  for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send(lostChannel)
}

/** Tells every page why there is no host, or that one is being started. */
export function tellRefused(refusal: Refusal | null): void {
  for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send(refusedChannel, refusal)
}

/** Brings a window to the front, at that screen where one is named; opens one where there is none. */
export function showConsole(screen: string | null): void {
  const address = screen === null ? undefined : `${home}${screen}`
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (window === undefined) return openWindow(address)
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  if (address !== undefined) window.loadURL(address).catch(() => undefined)
}
