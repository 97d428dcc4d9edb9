/** `npm start`: installs what is missing, builds what is stale, starts the host with the options that follow. */
import { attend } from './run.mjs'
import { built } from './paths.mjs'
import { command } from './phase.mjs'
import { makeReady } from './ready.mjs'
import { node } from './runtime.mjs'
import { whereTheUserStands } from './user-folder.mjs'

await command(async () => {
  await makeReady()
  return attend(node, [built('headless'), ...process.argv.slice(2)], { cwd: whereTheUserStands() })
})
