/**
 * The token that this tab shows to its host.
 *
 * It comes in the fragment of the address, which no server and no referrer ever sees, and leaves the address bar
 * before anything else happens. It stays in the tab's session, so that a reload keeps it, and never in storage that
 * outlives the tab: another program may listen on the same port tomorrow. A tab that is opened beside asks the others.
 */
import { z } from 'zod'

const Token = z.string().regex(/^[\w-]{16,200}$/)
const kept = 'cairn.token'
/** Stands in the place of a token that the host refused: tabs beside may hold the same one, and are not asked. */
const forgotten = ''
const channelName = 'cairn.token'
const Message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('asked') }),
  z.object({ type: z.literal('told'), token: Token }),
])

/** How long other tabs get to answer, in milliseconds. */
const patience = 300

/** The token of the address, of the session, or of a tab beside; undefined where nobody has it. */
export async function findToken(): Promise<string | undefined> {
  const stored = sessionStorage.getItem(kept)
  const token = takeFromAddress() ?? Token.safeParse(stored).data ?? (stored === forgotten ? undefined : await askOtherTabs())
  if (token !== undefined) keepToken(token)
  return token
}

/** Keeps a token for the life of the tab, and tells it to tabs that are opened beside. False where it can be none. */
export function keepToken(text: string): boolean {
  const token = Token.safeParse(text.trim())
  if (!token.success) return false
  sessionStorage.setItem(kept, token.data)
  answerOtherTabs(token.data)
  return true
}

/** Whether a host answers and wants another token. A WebSocket that is refused does not say why. */
export async function isTokenRefused(): Promise<boolean> {
  const headers = { authorization: `Bearer ${sessionStorage.getItem(kept) ?? ''}` }
  const answer = await fetch('/api/v1/health', { headers }).catch(() => undefined)
  return answer?.status === 401
}

/** Loads the page anew, to be asked for a token. */
export function askForToken(): void {
  sessionStorage.setItem(kept, forgotten)
  location.reload()
}

function takeFromAddress(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given === null) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return Token.safeParse(given).data
}

function askOtherTabs(): Promise<string | undefined> {
  const channel = new BroadcastChannel(channelName)
  return new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patience)
    channel.addEventListener('message', ({ data }) => {
      const message = Message.safeParse(data)
      if (!message.success || message.data.type !== 'told') return
      clearTimeout(timer)
      resolve(message.data.token)
    })
    channel.postMessage({ type: 'asked' })
  }).finally(() => channel.close())
}

let answering: BroadcastChannel | undefined

function answerOtherTabs(token: string): void {
  answering?.close()
  const channel = new BroadcastChannel(channelName)
  answering = channel
  channel.addEventListener('message', ({ data }) => {
    if (Message.safeParse(data).data?.type === 'asked') channel.postMessage({ type: 'told', token })
  })
}
