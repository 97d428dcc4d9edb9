/** The host of the one workspace that this program shows. */
import { app, dialog, type MessagePortMain, safeStorage } from 'electron'
import { Executors } from './executors.ts'
import { startHostProcess } from './host-process.ts'
import { keyOf } from './keychain.ts'
import { Restarts } from './restarts.ts'
import { Supervisor } from './supervisor.ts'
import { tellLost, tellRefused } from './windows.ts'
import type { Wish } from './wish.ts'

/** `served` is told whenever a host serves from now on, and when none does any more. */
export function setupHost({ workspace, port, trust, looks }: Wish, served: (isServed: boolean) => void): Supervisor<MessagePortMain> {
  const supervisor = new Supervisor<MessagePortMain>({
    open: { type: 'open', workspace, port, trust, looks, bringBack: null, keyFile: null, encrypts: false, rotates: null },
    startHost: startHostProcess,
    handsFor: (tell) => new Executors(tell),
    restarts: new Restarts(),
    now: () => performance.now(),
    after(millis, call) {
      const timer = setTimeout(call, millis)
      return () => clearTimeout(timer)
    },
    asks: askTrust,
    key: (kept) => keyOf(safeStorage, kept),
    serves: () => served(true),
    lost() {
      served(false)
      tellLost()
    },
    say: (line) => process.stdout.write(`${line}\n`),
    refused: tellRefused,
  })
  supervisor.start()

  let isOver = false
  app.on('will-quit', (event) => {
    if (isOver) return
    event.preventDefault()
    void supervisor.stop().then(() => {
      isOver = true
      const { refusal } = supervisor
      if (refusal === null) app.quit()
      else app.exit(refusal.exitCode)
    })
  })
  return supervisor
}

async function askTrust(folder: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Do you trust this folder?',
    detail: `The workflows in ${folder} are programs. They run with your rights on this machine.`,
    buttons: ['Do not open it', 'Trust it'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
