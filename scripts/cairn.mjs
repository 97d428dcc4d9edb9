#!/usr/bin/env node
/** `npx cairn …`: the command line, on the project's own Node. */
import { attend } from './run.mjs'
import { built } from './paths.mjs'
import { command } from './phase.mjs'
import { makeReady } from './ready.mjs'
import { node, small, startsCompiled } from './runtime.mjs'
import { whereTheUserStands } from './user-folder.mjs'

await command(async () => {
  await makeReady()
  return attend(node, [...small, built('cli'), ...process.argv.slice(2)], { cwd: whereTheUserStands(), env: startsCompiled() })
})
