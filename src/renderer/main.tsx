/**
 * The entry of the page. On the desktop a port leads to the host; in a browser a WebSocket does, with the token, which
 * leaves the address bar before anything is drawn or asked.
 */
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import type { Client } from '../client/client.ts'
import { connectPort } from '../client/port.ts'
import { connectWeb } from '../client/web.ts'
import { Entrance } from './entrance.tsx'
import { Opened } from './opened.tsx'
import { Session } from './session.tsx'
import { portToHost } from './state/desktop.ts'
import { keepTheme } from './state/preferences.ts'
import { findToken, keepToken } from './state/token.ts'
import './style/tokens.css'
import './style/base.css'
import './widgets/status/status-badge.css'
import './widgets/button/button.css'

// The page's policy allows no code made from text, and zod need not try.
z.config({ jitless: true })

const openPort = portToHost()
const token = openPort === undefined ? await findToken() : undefined
keepTheme()
const place = document.getElementById('console')
if (place === null) throw new Error('the page has no place for the console')
const root = createRoot(place)
if (openPort !== undefined) show(connectPort(openPort))
else if (token !== undefined) open(token)
else root.render(<Entrance onToken={enter} />)

function enter(text: string): boolean {
  if (!keepToken(text)) return false
  open(text.trim())
  return true
}

function open(shown: string): void {
  show(connectWeb(location.origin, shown))
}

function show(client: Client): void {
  root.render(
    <StrictMode>
      <Opened>
        <Session client={client} />
      </Opened>
    </StrictMode>,
  )
}
