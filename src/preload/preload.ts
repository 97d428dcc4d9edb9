/**
 * All that the page has beyond a browser's. Ports cannot cross into the page's world as values, so its end goes by a
 * message to the window, and the other to main, which decides what becomes of it.
 */
import { contextBridge, ipcRenderer } from 'electron'
import type {
  chooseChannel,
  connectChannel,
  Desktop,
  desktopKey,
  lostChannel,
  PageMessage,
  refusedChannel,
  reopenChannel,
} from '../contract/desktop/page.ts'

const desktop: Desktop = {
  connect(call) {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage('cairn:connect' satisfies typeof connectChannel, null, [port1])
    window.postMessage({ type: 'cairn:port', call } satisfies PageMessage, location.origin, [port2])
  },
  choose(choice) {
    ipcRenderer.send('cairn:choose' satisfies typeof chooseChannel, choice)
  },
  reopen(wish) {
    ipcRenderer.send('cairn:reopen' satisfies typeof reopenChannel, wish)
  },
}

ipcRenderer.on('cairn:lost' satisfies typeof lostChannel, () => {
  window.postMessage({ type: 'cairn:lost' } satisfies PageMessage, location.origin)
})

type Refused = Extract<PageMessage, { type: 'cairn:refused' }>

ipcRenderer.on('cairn:refused' satisfies typeof refusedChannel, (_event, refusal: Refused['refusal']) => {
  window.postMessage({ type: 'cairn:refused', refusal } satisfies PageMessage, location.origin)
})

contextBridge.exposeInMainWorld('cairn' satisfies typeof desktopKey, desktop)
