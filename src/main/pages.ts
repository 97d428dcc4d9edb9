import { ipcMain, type MessagePortMain } from 'electron'
import { connectChannel } from '../contract/desktop/page.ts'
import { isConsole } from './senders.ts'
import type { Supervisor } from './supervisor.ts'

/** A port that comes of anything but the console itself is closed. */
export function setupPages(supervisor: Supervisor<MessagePortMain>): void {
  ipcMain.on(connectChannel, ({ senderFrame, ports: [port, ...others] }) => {
    for (const other of others) other.close()
    if (port === undefined) return
    if (isConsole(senderFrame)) supervisor.connect(port)
    else port.close()
  })
}
