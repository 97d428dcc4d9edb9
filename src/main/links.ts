import { app } from 'electron'
import { showConsole } from './windows.ts'
import { screenOf } from './wish.ts'

/**
 * macOS hands links over by an event, and never among the arguments. To be called before the app is ready: the link that it was started for
 * comes before that. Returns the screen of that one; null where there was none.
 */
export function screenOfLinks(): () => string | null {
  let first: string | null = null
  app.on('open-url', (event, link) => {
    event.preventDefault()
    const screen = screenOf(link)
    if (screen === null) return
    if (app.isReady()) showConsole(screen)
    else first = screen
  })
  return () => first
}
