/** The entry of the page. The token leaves the address bar before anything is drawn or asked. */
import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { connectWeb } from '../client/web.ts'
import { Entrance } from './entrance.tsx'
import { Session } from './session.tsx'
import { keepTheme } from './state/preferences.ts'
import { findToken, keepToken } from './state/token.ts'
import './style/tokens.css'
import './style/base.css'
import './widgets/status/status-badge.css'
import './widgets/button/button.css'

// The page's policy allows no code made from text, and zod need not try.
z.config({ jitless: true })

const token = await findToken()
keepTheme()
const place = document.getElementById('console')
if (place === null) throw new Error('the page has no place for the console')
const root = createRoot(place)
if (token === undefined) root.render(<Entrance onToken={enter} />)
else open(token)

function enter(text: string): boolean {
  if (!keepToken(text)) return false
  open(text.trim())
  return true
}

function open(shown: string): void {
  const client = connectWeb(location.origin, shown)
  root.render(
    <StrictMode>
      <Session client={client} />
    </StrictMode>,
  )
}
