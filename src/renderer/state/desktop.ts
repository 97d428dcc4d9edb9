/** The desktop's way to its host: ports that the preload asks main for. In a browser there is none. */
import type { PagePort } from '../../client/port.ts'
import { type Desktop, desktopKey, PageMessage } from '../../contract/desktop/page.ts'
import type { Choice } from '../../contract/desktop/refusal.ts'
import { useRefusal } from './refusal.ts'

declare global {
  interface Window {
    readonly [desktopKey]?: Desktop
  }
}

/** Has the workspace be opened again, with this done in between; undefined where a browser shows the page. */
export function reopening(): Desktop['reopen'] | undefined {
  return window[desktopKey]?.reopen
}

/** Says what is to be done about a workspace that cannot be opened. */
export function choose(choice: Choice): void {
  window[desktopKey]?.choose(choice)
}

/** What opens a port to the host; undefined where a browser shows the page. */
export function portToHost(): (() => Promise<PagePort>) | undefined {
  const desktop = window[desktopKey]
  if (desktop === undefined) return undefined
  const wanted = new Map<number, (port: MessagePort) => void>()
  let present: MessagePort | undefined
  let calls = 0

  window.addEventListener('message', ({ source, origin, data, ports: [port] }: MessageEvent<unknown>) => {
    // Only this window itself is heard.
    const message = source === window && origin === location.origin ? PageMessage.safeParse(data).data : undefined
    if (message?.type === 'cairn:lost') {
      present?.dispatchEvent(new Event('close'))
      present?.close()
    } else if (message?.type === 'cairn:refused') {
      useRefusal.setState({ refusal: message.refusal })
    } else if (message?.type === 'cairn:port' && port !== undefined) {
      present = port
      wanted.get(message.call)?.(port)
      wanted.delete(message.call)
    }
  })

  return () => {
    calls += 1
    const opened = new Promise<PagePort>((resolve) => wanted.set(calls, resolve))
    desktop.connect(calls)
    return opened
  }
}
