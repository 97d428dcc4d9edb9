/** `npm run chaos`: everything that can go wrong is made to, over what is built of the present sources. */
import { join } from 'node:path'
import { root } from './paths.mjs'
import { command } from './phase.mjs'
import { makeReady } from './ready.mjs'
import { attend } from './run.mjs'
import { node, withRuntime } from './runtime.mjs'

await command(async () => {
  await makeReady()
  return attend(node, [join(root, 'test', 'chaos', 'main.ts'), ...process.argv.slice(2)], { env: withRuntime() })
})
