/** The icon beside the clock: how the workspace stands while no window shows it, and the way back to one. */
import { app, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron'
import type { Client } from '../client/client.ts'
import type { Background } from './background.ts'
import { trayImage } from './places.ts'
import { followStanding, type Standing, standingInWords } from './standing.ts'
import { showConsole } from './windows.ts'

/** Has the tray follow that host, in the place of the one before; null where there is none. */
export type Follow = (client: Client | null) => void

export function setupTray(background: Background): Follow {
  const image = nativeImage.createFromPath(trayImage)
  // On macOS the menu bar colours it.
  image.setTemplateImage(process.platform === 'darwin')
  const tray = new Tray(image)
  tray.on('click', () => {
    if (process.platform !== 'darwin') showConsole(null)
  })
  let end = (): void => undefined
  show(null)

  return (client) => {
    end()
    show(null)
    end = client === null ? () => undefined : follow(client)
  }

  function follow(client: Client): () => void {
    const over = new AbortController()
    // A host that answers with an error has nothing to tell that its windows do not.
    followStanding(client, over.signal, show).catch(() => undefined)
    return () => {
      over.abort()
      client.close()
    }
  }

  function show(standing: Standing | null): void {
    const words = standing === null ? 'no workspace is open' : standingInWords(standing)
    tray.setToolTip(`Cairn: ${words}`)
    tray.setContextMenu(Menu.buildFromTemplate(menu(standing, words)))
  }

  function menu(standing: Standing | null, words: string): MenuItemConstructorOptions[] {
    const attention = standing?.attention ?? 0
    return [
      { label: words, enabled: false },
      { type: 'separator' },
      { label: 'Open Cairn', click: () => showConsole(null) },
      ...(attention === 0 ? [] : [{ label: `Needs attention (${attention})`, click: () => showConsole('/attention') }]),
      { type: 'separator' },
      {
        label: 'Go on when all windows are closed',
        type: 'checkbox',
        checked: background.goesOn,
        click: ({ checked }) => background.set(checked),
      },
      { type: 'separator' },
      { label: 'Quit Cairn', click: () => app.quit() },
    ]
  }
}
