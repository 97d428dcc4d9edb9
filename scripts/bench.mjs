/** `npm run bench:NAME`: one of the measurements in bench/, over what is built of the present sources. */
import { join } from 'node:path'
import { root } from './paths.mjs'
import { command } from './phase.mjs'
import { makeReady } from './ready.mjs'
import { attend } from './run.mjs'
import { node, withRuntime } from './runtime.mjs'

const [name = '', ...args] = process.argv.slice(2)

await command(async () => {
  await makeReady()
  return attend(node, [join(root, 'bench', `${name}.ts`), ...args], { env: withRuntime() })
})
