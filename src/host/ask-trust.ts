import type { Terminal } from './terminal.ts'

/** Asks once whether a folder's code may run: on the terminal, or by what was said on the command line. */
export function askTrust(terminal: Terminal, given: boolean): (folder: string) => Promise<boolean> {
  return async (folder) => {
    if (given || !terminal.asks) return given
    terminal.out(`The workflows in ${folder} are programs. They run with your rights on this machine.`)
    const answer = await terminal.ask('Do you trust this folder? [y/N] ')
    return /^y(es)?$/i.test(answer?.trim() ?? '')
  }
}
