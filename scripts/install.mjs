/**
 * The packages of the lock file, in node_modules.
 *
 * 1. What npm itself noted as installed is compared with the lock, so that an install by hand counts too.
 * 2. Packages come without their scripts; then the scripts that package.json approves run, and no others. Older npm
 *    does not read `allowScripts` and would compile what comes prebuilt.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { Trouble } from './phase.mjs'
import { capture } from './run.mjs'

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} Locked */

/** @param {string[]} path @returns {Record<string, unknown>} */
const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))

/** @param {string[]} path @returns {Record<string, Locked>} */
const packages = (...path) => /** @type {{ packages: Record<string, Locked> }} */ (json(...path)).packages

/** True where node_modules holds what the lock names; packages for other platforms may be absent. */
export function isInstalled(folder = root) {
  if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) return false
  const installed = packages(folder, 'node_modules', '.package-lock.json')
  return Object.entries(packages(folder, 'package-lock.json')).every(([path, { version, optional }]) => {
    const found = installed[path]
    return path === '' || (found === undefined ? optional === true : found.version === version)
  })
}

/** @throws {Trouble} with npm's words where it fails */
export async function install(folder = root) {
  if (process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules'))) {
    throw new Trouble(
      'The packages have changed, and Windows cannot replace the Node that is running from among them.\n' +
        'Run the script directly instead, which uses the Node of your machine: node scripts/start.mjs',
    )
  }
  await npm(folder, 'ci', '--ignore-scripts')
  const scripted = approved(folder)
  if (scripted.length > 0) await npm(folder, 'rebuild', ...scripted)
}

/** The packages whose install scripts package.json approves. */
function approved(/** @type {string} */ folder) {
  const { allowScripts } = /** @type {{ allowScripts: Record<string, boolean> }} */ (json(folder, 'package.json'))
  return Object.keys(allowScripts).filter((name) => allowScripts[name])
}

/** @param {string} folder @param {string[]} args */
async function npm(folder, ...args) {
  const { code, output } = await runNpm(folder, args)
  if (code === 0) return
  throw new Trouble(`npm ${args.join(' ')} failed with exit code ${code}; what it said stands above.`, output)
}

/** Where npm runs us it names its own program; otherwise it is looked up as a shell would. @param {string} folder @param {string[]} args */
function runNpm(folder, args) {
  const quiet = [...args, '--loglevel=error']
  const own = process.env['npm_execpath']
  if (own !== undefined && /npm-cli\.c?js$/.test(own)) {
    return capture(process.env['npm_node_execpath'] ?? process.execPath, [own, ...quiet], { cwd: folder })
  }
  return process.platform === 'win32'
    ? capture('cmd.exe', ['/d', '/s', '/c', 'npm.cmd', ...quiet], { cwd: folder })
    : capture('npm', quiet, { cwd: folder })
}
