/** `npm run build`: makes out/ (the bundled programs, the types for editors) where its sources have changed since. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './paths.mjs'
import { command, phase, Trouble } from './phase.mjs'
import { capture } from './run.mjs'
import { node, withRuntime } from './runtime.mjs'

/** Everything that what is built depends on. */
const sources = ['src', 'electron.vite.config.ts', 'tsconfig.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/emit-sdk.ts', 'scripts/emit-types.ts']

/** Holds the digest of the sources that out/ was built from; written last. */
const stamp = join(root, 'out', 'built-from')

export async function buildWhatIsStale() {
  const digest = digestOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  await phase('Building', async () => {
    rmSync(stamp, { force: true })
    await run('electron-vite', join('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build')
    await run('emit-sdk', join('scripts', 'emit-sdk.ts'), join('out', 'main', 'sdk.js'))
    await run('emit-types', join('scripts', 'emit-types.ts'), join('out', 'types'))
    writeFileSync(stamp, digest)
  })
}

/**
 * @param {string} name
 * @param {string} script
 * @param {string[]} args
 */
async function run(name, script, ...args) {
  const { code, output } = await capture(node, [join(root, script), ...args], { env: withRuntime() })
  if (code !== 0) throw new Trouble(`${name} failed with exit code ${code}; what it said stands above.`, output)
}

/** @param {readonly string[]} places */
function digestOf(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap((place) => filesIn(join(root, place))).toSorted()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} place a file, or a folder with all that is below it @returns {string[]} */
function filesIn(place) {
  if (statSync(place).isFile()) return [place]
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|fixture)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await command(async () => {
    await buildWhatIsStale()
    return 0
  })
}
