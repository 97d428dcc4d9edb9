/** One program for each user: whoever starts it again is led to the window that is open. */
import { app, dialog } from 'electron'
import { Wish } from './wish.ts'
import { showConsole } from './windows.ts'

/** False where the program runs already, and was told what is wished for. */
export function isFirst(wish: Wish): boolean {
  return app.requestSingleInstanceLock(wish)
}

/** `open` says which workspace is open; null is the usual one. */
export function setupInstances(open: () => string | null): void {
  app.on('second-instance', (_event, _args, _folder, data) => {
    const wish = Wish.safeParse(data).data
    if (wish === undefined) return
    showConsole(wish.screen)
    if (wish.workspace === null || wish.workspace === open()) return
    void dialog.showMessageBox({
      type: 'info',
      message: 'Cairn shows another workspace',
      detail: `One is open at a time. To open ${wish.workspace}, quit Cairn first.`,
    })
  })
}
