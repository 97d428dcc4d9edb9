/**
 * `npm start`: installs what is missing, builds what is stale, starts the desktop or else the headless host, with the
 * options that follow.
 */
import { chooseHost } from './choose-host.mjs'
import { attend } from './run.mjs'
import { built } from './paths.mjs'
import { command } from './phase.mjs'
import { makeReady } from './ready.mjs'
import { node, small, startsCompiled } from './runtime.mjs'
import { startDesktop } from './start-desktop.mjs'
import { whereTheUserStands } from './user-folder.mjs'

const args = process.argv.slice(2)

await command(async () => {
  await makeReady()
  const { runtime, why } = await chooseHost(args)
  process.stderr.write(`${why}\n`)
  const cwd = whereTheUserStands()
  if (runtime !== undefined) {
    const desktop = await startDesktop(runtime, args, cwd)
    if (desktop.why === undefined) return desktop.code
    process.stderr.write(`starting the headless host: ${desktop.why}\n`)
  }
  return attend(node, [...small, built('headless'), ...args], { cwd, env: startsCompiled() })
})
