/** What a person wants done about the workspace that is open, and no host can do that has it open. */
import { ipcMain, type MessagePortMain } from 'electron'
import { reopenChannel } from '../contract/desktop/page.ts'
import { Reopening } from '../contract/desktop/reopening.ts'
import { isConsole } from './senders.ts'
import type { Open, Supervisor } from './supervisor.ts'

/** A wish that comes of anything but the console itself is passed over. */
export function setupReopenings(supervisor: Supervisor<MessagePortMain>): void {
  ipcMain.on(reopenChannel, ({ senderFrame }, data: unknown) => {
    const wish = Reopening.safeParse(data).data
    if (wish !== undefined && isConsole(senderFrame)) supervisor.reopen(reopened(wish, supervisor.asked))
  })
}

function reopened(wish: Reopening, before: Open): Open {
  switch (wish.way) {
    case 'rotate_key':
      return { ...before, rotates: wish.from }
    case 'bring_back':
      return { ...before, bringBack: wish.file }
  }
}
