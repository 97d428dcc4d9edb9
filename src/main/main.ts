/** The desktop: windows, and the processes behind them. */
import { join } from 'node:path'
import { app, BrowserWindow, session } from 'electron'
import { tellCameUp } from './came-up.ts'
import { Background } from './background.ts'
import { setupChoices } from './choices.ts'
import { setupHost } from './host.ts'
import { isFirst, setupInstances } from './instance.ts'
import { screenOfLinks } from './links.ts'
import { setupNavigation } from './lock-down.ts'
import { setupMenu } from './menu.ts'
import { ownClient } from './own-client.ts'
import { setupPage, setupScheme } from './page-scheme.ts'
import { setupPages } from './pages.ts'
import { setupPermissions } from './permissions.ts'
import { setupReopenings } from './reopenings.ts'
import { setupTray } from './tray.ts'
import { openWindow, showConsole } from './windows.ts'
import { type Wish, WrongArguments, wishOf } from './wish.ts'

app.enableSandbox()
const wish = wished()
if (wish !== undefined) begin(wish)

function begin(wish: Wish): void {
  setupProfile()
  setupScheme()
  if (!isFirst(wish)) {
    process.stdout.write('Cairn is open already: its window has been shown\n')
    return app.exit(0)
  }
  setupNavigation(openWindow)
  const linked = screenOfLinks()
  // Not awaited at the top level: the app is not ready before this module has been evaluated.
  void app.whenReady().then(() => {
    setupPermissions(session.defaultSession)
    setupPage()
    setupMenu()
    const background = new Background(app.getPath('userData'), process.platform === 'darwin')
    const follow = setupTray(background)
    const supervisor = setupHost(wish, (isServed) => follow(isServed ? ownClient(supervisor) : null))
    setupPages(supervisor)
    setupChoices(supervisor)
    setupReopenings(supervisor)
    setupInstances(() => supervisor.asked.workspace)
    setupWindows(linked() ?? wish.screen, background)
  })
}

/** Undefined where the arguments are wrong, which has been said. */
function wished(): Wish | undefined {
  try {
    return wishOf(process.argv.slice(1), process.cwd())
  } catch (error) {
    if (!(error instanceof WrongArguments)) throw error
    process.stderr.write(`${error.message}\n`)
    tellCameUp()
    app.exit(2)
    return undefined
  }
}

/** What Chromium keeps lies beside Cairn's own settings, not among them. */
function setupProfile(): void {
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('userData'), 'desktop'))
}

function setupWindows(screen: string | null, background: Background): void {
  showConsole(screen)
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow()
  })
  app.on('window-all-closed', () => {
    if (!background.goesOn) app.quit()
  })
}
