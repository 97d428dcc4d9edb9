/** The Node that Cairn runs on: the one that its own packages bring along, whatever the machine has. */
import { join } from 'node:path'
import { root } from './paths.mjs'
import { Trouble } from './phase.mjs'
import { capture } from './run.mjs'

const bin = join(root, 'node_modules', '.bin')

export const node =
  process.platform === 'win32' ? join(root, 'node_modules', 'node', 'bin', 'node.exe') : join(bin, 'node')

/**
 * What a program that may hold a store is started with. Of 8 MB, what a commit leaves behind is cleared away as it comes; V8
 * itself lets that grow to many times as much, and holds the memory for good.
 */
export const small = ['--max-semi-space-size=8']

/**
 * The surroundings in which a program of ours starts from what was compiled of it the last time. It is kept among what was built, so
 * that the next build clears it away.
 */
export const startsCompiled = () => ({ NODE_COMPILE_CACHE: join(root, 'out', 'main', 'compiled'), ...process.env })

const wanted = 24

/** @throws {Trouble} where the Node that runs this is too old to go on */
export function checkOwnNode() {
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major >= 20) return
  throw new Trouble(`This is Node ${process.versions.node}; Cairn needs Node 20 or newer: https://nodejs.org`)
}

/**
 * Before anything loads better-sqlite3, which crashes on an older Node.
 * @throws {Trouble} where the project's own Node is missing or not the one wanted
 */
export async function checkRuntime() {
  const { code, output } = await capture(node, ['-v'])
  if (code === 0 && output.startsWith(`v${wanted}.`)) return
  const found = code === 0 ? `is ${output.trim()}` : 'does not run'
  throw new Trouble(
    `${node} ${found}; Cairn runs on Node ${wanted}, which its package "node" brings along.\n` +
      'Its install script has to run once: npm rebuild node --ignore-scripts=false',
    code === 0 ? '' : output,
  )
}

/** The surroundings in which the project's Node comes first. @returns {NodeJS.ProcessEnv} */
export function withRuntime() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const separator = process.platform === 'win32' ? ';' : ':'
  return { ...process.env, [name]: [join(node, '..'), bin, process.env[name] ?? ''].join(separator) }
}
