import { Menu } from 'electron'

/** What a person expects of any window. The console's own commands are in its palette. */
export function setupMenu(): void {
  const roles = ['fileMenu', 'editMenu', 'viewMenu', 'windowMenu'] as const
  const all = process.platform === 'darwin' ? (['appMenu', ...roles] as const) : roles
  Menu.setApplicationMenu(Menu.buildFromTemplate(all.map((role) => ({ role }))))
}
