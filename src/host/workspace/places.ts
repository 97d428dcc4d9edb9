/** Places outside any workspace. */
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { programFolder } from '../program.ts'

/** What a user's Cairn remembers over all workspaces; CAIRN_SETTINGS names another place. */
export function settingsFolder({ env, platform }: Pick<NodeJS.Process, 'env' | 'platform'> = process): string {
  const { CAIRN_SETTINGS, APPDATA, XDG_CONFIG_HOME } = env
  if (CAIRN_SETTINGS !== undefined && CAIRN_SETTINGS !== '') return CAIRN_SETTINGS
  if (platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Cairn')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Cairn')
  return join(baseFolder(XDG_CONFIG_HOME) ?? join(homedir(), '.config'), 'cairn')
}

/**
 * What a variable of the XDG Base Directory Specification names: one that is empty or relative is to be ignored. It would stand for
 * another folder wherever Cairn is started.
 */
export function baseFolder(named: string | undefined): string | undefined {
  return named !== undefined && isAbsolute(named) ? named : undefined
}

/**
 * Where the first start puts the shipped example: beside the program, where its packages are found as they are by the
 * program itself, and where whoever tries Cairn from a checkout sees it, and is rid of it by deleting the checkout.
 * CAIRN_WORKSPACE names another place.
 */
export function defaultWorkspace(): string {
  return process.env['CAIRN_WORKSPACE'] ?? join(programFolder, 'workspace')
}

/** The workspaces that are shipped as examples; the first start makes the first of them. */
export const Example = z.enum(['outreach', 'release-pipeline'])
export type Example = z.infer<typeof Example>

export function shippedExample(name: Example): string {
  return join(programFolder, 'resources', 'workspaces', name)
}
