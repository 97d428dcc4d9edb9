/** Places outside any workspace. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { programFolder } from '../program.ts'

/** What a user's Cairn remembers over all workspaces; CAIRN_SETTINGS names another place. */
export function settingsFolder(): string {
  const { CAIRN_SETTINGS, APPDATA, XDG_CONFIG_HOME } = process.env
  if (CAIRN_SETTINGS !== undefined) return CAIRN_SETTINGS
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Cairn')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Cairn')
  return join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'cairn')
}

/**
 * Where the first start puts the shipped example. Not inside the program: runs outlive a checkout that is cleaned or
 * replaced, and the desktop finds the same workspace there.
 */
export function defaultWorkspace(): string {
  return join(homedir(), 'Cairn', 'outreach')
}

/** The workspace that is shipped as an example. */
export const shippedExample = join(programFolder, 'resources', 'workspaces', 'outreach')
