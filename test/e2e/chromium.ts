/**
 * The browser of the console's tests: the one that CAIRN_CHROMIUM names, one that is installed, or the Chromium that
 * comes as a package (Linux on x64). Nothing is downloaded.
 */
import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  // It opens no windows, and so loads none of what stands around a page: a tenth of the tests' processor time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** @throws Error that says what to install */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CAIRN_CHROMIUM'] ?? installed.find((place) => existsSync(place))
  if (executablePath !== undefined) return chromium.launch({ executablePath, args: ['--no-sandbox'] })
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the console is tested in Chromium: install Chrome or Chromium, or name one in CAIRN_CHROMIUM')
  }
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: sparticuz.args })
}
