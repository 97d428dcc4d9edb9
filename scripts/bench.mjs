/** `npm run bench` and `npm run bench:NAME`: the measurements in bench/, over what is built of the present sources. */
import { join } from 'node:path'
import { install, isInstalled } from './install.mjs'
import { root } from './paths.mjs'
import { command, phase } from './phase.mjs'
import { makeReady } from './ready.mjs'
import { attend } from './run.mjs'
import { node, withRuntime } from './runtime.mjs'

const [name = '', ...args] = process.argv.slice(2)
const bench = join(root, 'bench')

await command(async () => {
  await makeReady()
  // The peers are packages of the bench alone, and come when they are measured.
  if (name === 'store' && !isInstalled(bench)) await phase('Installing what the store is measured against', () => install(bench))
  return attend(node, [join(bench, `${name}.ts`), ...args], { env: withRuntime() })
})
