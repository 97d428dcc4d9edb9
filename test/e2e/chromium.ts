/** The browser of the console's tests: Debian's Chromium, or the one that CAIRN_CHROMIUM names. Nothing is downloaded. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']

/** The path of a browser, or undefined where this machine has none. */
export function chromiumPath(): string | undefined {
  return process.env['CAIRN_CHROMIUM'] ?? places.find((place) => existsSync(place))
}

/** @throws Error that says what to install */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) {
    throw new Error('the console is tested in Chromium: install it (apt install chromium), or name one in CAIRN_CHROMIUM')
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb'] })
}
