/** Makes a checkout ready to run, on a machine with nothing but Node and npm. */
import { buildWhatIsStale } from './build.mjs'
import { install, isInstalled } from './install.mjs'
import { phase } from './phase.mjs'
import { checkOwnNode, checkRuntime } from './runtime.mjs'

/** Installs what is missing. @throws {import('./phase.mjs').Trouble} */
export async function makeInstalled() {
  checkOwnNode()
  if (!isInstalled()) await phase('Installing packages', install)
  await checkRuntime()
}

/** Installs what is missing and builds what is stale. @throws {import('./phase.mjs').Trouble} */
export async function makeReady() {
  await makeInstalled()
  await buildWhatIsStale()
}
