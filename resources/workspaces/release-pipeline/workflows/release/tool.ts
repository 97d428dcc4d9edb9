/** A program of this workspace, run by the Node that runs Cairn: nothing else has to be there. On the desktop that is Electron's. */
export function tool(name: string, ...args: readonly string[]) {
  return { command: process.execPath, args: [`tools/${name}.mjs`, ...args], env: { ELECTRON_RUN_AS_NODE: '1' } }
}
