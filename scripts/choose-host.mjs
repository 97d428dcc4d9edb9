/** Which of its two hosts `npm start` starts, and why: the desktop where its runtime can be had and seen. */
import { download, installedRuntime, namedRuntime, triedToday } from './electron.mjs'

/** @typedef {{ runtime: string | undefined, why: string }} Choice `runtime` is undefined for the headless host */

/**
 * @param {readonly string[]} args
 * @returns {Promise<Choice>}
 */
export async function chooseHost(args) {
  if (args.includes('--headless') || args.includes('--help')) return headless('as asked')
  const named = namedRuntime()
  if (named !== undefined) return desktop(named, 'on the Electron that ELECTRON_OVERRIDE_DIST_PATH names')
  const hindrance = whyNoWindow()
  if (hindrance !== undefined) return headless(hindrance)
  const installed = installedRuntime()
  if (installed !== undefined) return desktop(installed, 'on the Electron that is installed')
  const tried = triedToday()
  if (tried !== undefined) {
    return headless(`Electron's runtime is not here, and could not be had at ${tried.toLocaleTimeString()}; it is tried once a day`)
  }
  const downloaded = await download()
  if (downloaded !== undefined) return desktop(downloaded, 'on the Electron that was downloaded just now')
  return headless("Electron's runtime is not here, and could not be downloaded; it is tried again tomorrow")
}

/** @param {string} runtime @param {string} why @returns {Choice} */
const desktop = (runtime, why) => ({ runtime, why: `starting the desktop, ${why}` })

/** @param {string} why @returns {Choice} */
const headless = (why) => ({ runtime: undefined, why: `starting the headless host: ${why}` })

/** What keeps a window from being shown on this machine. */
function whyNoWindow() {
  if (process.platform !== 'linux') return undefined
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display for a window'
  if (process.getuid?.() === 0) return 'windows are kept in a sandbox, which root cannot have'
  return undefined
}
