/** What no page may do, whoever wrote it. */
import { app, shell, type WebContents } from 'electron'
import { isOurs } from './address.ts'
import { mayLeave, mayShow } from './leaving.ts'

/** `openOwn` opens a window of our own at an address of the console. */
export function setupNavigation(openOwn: (address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    keepHome(contents)
    contents.setWindowOpenHandler(({ url }) => {
      if (isOurs(url)) openOwn(url)
      else leave(url)
      return { action: 'deny' }
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

function keepHome(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (isOurs(event.url)) return
    event.preventDefault()
    leave(event.url)
  })
  // Frames within the page, and what a server answers in the middle.
  contents.on('will-frame-navigate', (event) => {
    if (!mayShow(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
}

function leave(address: string): void {
  // That nothing opens it is no reason to end the program.
  if (mayLeave(address)) shell.openExternal(address).catch(() => undefined)
}
