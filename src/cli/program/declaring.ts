import { Command } from '@commander-js/extra-typings'
import type { Programs } from '../../host/start.ts'
import type { Terminal } from '../../host/terminal.ts'
import { version } from '../../host/version.ts'
import { contextOf, type Context, type GlobalOptions } from '../context.ts'

type Action = (context: Context) => Promise<number> | number

export interface Given {
  readonly terminal: Terminal
  /** For a command that ends in good order when it is interrupted. */
  readonly heedInterrupts: () => AbortSignal
  readonly programs: Programs
}

/** The program without a command, and what its commands are declared with. `ended` is told the exit code of the one that runs. */
export function declaring({ terminal, heedInterrupts, programs }: Given, ended: (exitCode: number) => void) {
  const program = new Command('cairn')
    .description('Runs durable workflows, and shows and steers what runs.')
    .version(version)
    .option('-w, --workspace <folder>', 'the workspace; else the one around this folder, else the one of the first start')
    .option('--json', 'print data')
    .option('--trust', "let the folder's code run without asking")
    .exitOverride()
    .showHelpAfterError('cairn help COMMAND says what it takes')
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .addHelpText('after', help)

  /** Options of the program stand before the command or behind it. */
  const command = <const Usage extends string>(usage: Usage, description: string) =>
    program
      .command(usage)
      .description(description)
      .option('-w, --workspace <folder>', 'the workspace')
      .option('--json', 'print data')
      .option('--trust', "let the folder's code run without asking")
  const perform = async (self: { optsWithGlobals(): GlobalOptions }, action: Action): Promise<void> => {
    ended(await action(contextOf(terminal, programs, self.optsWithGlobals())))
  }
  return { program, command, perform, heedInterrupts }
}

export type Declaring = Omit<ReturnType<typeof declaring>, 'program'>

const help = `
A run may be named by the beginning or the end of its id.
A query reads like: status:failed workflow:outreach started:<1h "text in input or output"; docs/QUERIES.md tells all of it.

Exit codes: 0 done, or the run completed; 1 the run failed; 2 what was given does not do; 3 the run was cancelled;
4 it waits for a decision that nobody gives here; 5 somebody else was faster; 6 the host cannot be reached; 7 the store is damaged;
8 as many runs are queued as may be;
10 another process owns the workspace; 11 its store is newer than this program; 12 its store cannot be opened;
13 nobody trusts the folder yet; 14 cairn.config.yaml is wrong; 15 the port is taken; 16 the folder is no workspace;
17 its store is encrypted, and its key is not at hand; 18 there is a key, and its store is not encrypted.`
