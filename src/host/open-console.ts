import { rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import open from 'open'

/** Whether a window would be seen here: on Linux only under a display server. */
export function hasDisplay(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/**
 * Opens the console in the person's browser. The address goes by a file that only they can read: arguments of a
 * process can be seen by every user of the machine.
 */
export async function openConsole(address: string, file: string): Promise<void> {
  rmSync(file, { force: true })
  writeFileSync(file, redirectTo(address), { mode: 0o600, flag: 'wx' })
  const browser = await open(pathToFileURL(file).href)
  browser.unref()
}

function redirectTo(address: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Cairn</title><meta name="referrer" content="no-referrer">
<script>location.replace(${JSON.stringify(address)})</script>
`
}
