/** What a person chooses where the workspace cannot be opened. */
import { dialog, ipcMain, type MessagePortMain } from 'electron'
import { chooseChannel } from '../contract/desktop/page.ts'
import { Choice } from '../contract/desktop/refusal.ts'
import { isConsole } from './senders.ts'
import type { Open, Supervisor } from './supervisor.ts'

/** A choice that comes of anything but the console itself is passed over. */
export function setupChoices(supervisor: Supervisor<MessagePortMain>): void {
  ipcMain.on(chooseChannel, ({ senderFrame }, data: unknown) => {
    const choice = Choice.safeParse(data).data
    if (choice === undefined || !isConsole(senderFrame)) return
    void opening(choice, supervisor.asked).then((open) => {
      if (open !== undefined) supervisor.open(open)
    })
  })
}

/** Undefined where the person has thought better of it. */
async function opening(choice: Choice, before: Open): Promise<Open | undefined> {
  const open: Open = { ...before, looks: false, bringBack: null, encrypts: false, rotates: null }
  switch (choice.way) {
    case 'again':
      return open
    case 'encrypt':
      return { ...open, encrypts: true }
    case 'look':
      return { ...open, looks: true }
    case 'bring_back': {
      const bringBack = choice.file ?? (await chosen({ title: 'The backup to bring back', properties: ['openFile'] }))
      return bringBack === undefined ? undefined : { ...open, bringBack }
    }
    case 'key_file': {
      const keyFile = await chosen({ title: 'The file that holds the key', properties: ['openFile', 'showHiddenFiles'] })
      return keyFile === undefined ? undefined : { ...open, looks: before.looks, keyFile }
    }
    case 'elsewhere': {
      const workspace = await chosen({ title: 'The workspace to open', properties: ['openDirectory', 'createDirectory'] })
      // Whoever trusts one folder has said nothing of another.
      return workspace === undefined ? undefined : { ...open, workspace, trust: false, keyFile: null }
    }
  }
}

async function chosen(options: Electron.OpenDialogOptions): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(options)
  return canceled ? undefined : filePaths[0]
}
