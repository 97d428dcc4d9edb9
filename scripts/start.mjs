/**
 * `npm start`: installs what is missing, builds what is stale, starts the desktop or else the headless host, with the
 * options that follow.
 */
import { chooseHost } from './choose-host.mjs'
import { attend } from './run.mjs'
import { built, root } from './paths.mjs'
import { command } from './phase.mjs'
import { makeReady } from './ready.mjs'
import { node, small, startsCompiled } from './runtime.mjs'
import { whereTheUserStands } from './user-folder.mjs'

const args = process.argv.slice(2)

await command(async () => {
  await makeReady()
  const { runtime, why } = await chooseHost(args)
  process.stderr.write(`${why}\n`)
  const cwd = whereTheUserStands()
  if (runtime === undefined) return attend(node, [...small, built('headless'), ...args], { cwd, env: startsCompiled() })
  // Inherited from an editor that is an Electron itself, it would make a Node of ours.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return attend(runtime, [root, ...args], { cwd, env })
})
