import { type BrowserWindow, dialog } from 'electron'
import { Revival } from './revival.ts'

/** Has the window's page be loaded again where it dies or hangs; `address` is where it began. */
export function watchPage(window: BrowserWindow, address: string): void {
  const { webContents } = window
  const revival = new Revival({
    now: () => performance.now(),
    // Later: who loads while the death is still being told of takes Electron down with it.
    load: () =>
      setImmediate(() => {
        if (window.isDestroyed()) return
        window.loadURL(webContents.getURL() || address).catch(() => undefined)
      }),
    end: () => webContents.forcefullyCrashRenderer(),
    close: () => window.destroy(),
    async asks({ message, detail, answers }, signal) {
      window.show()
      // Over its window: on macOS, one that stands alone could not be taken back.
      const { response } = await dialog.showMessageBox(window, { type: 'warning', message, detail, buttons: [...answers], defaultId: 0, cancelId: 0, signal })
      return response
    },
    say: (line) => process.stderr.write(`${line}\n`),
  })
  webContents.on('render-process-gone', (_event, death) => revival.died(death))
  window.on('unresponsive', () => void revival.hangs())
  window.on('responsive', () => revival.answers())
  window.once('closed', () => revival.answers())
}
