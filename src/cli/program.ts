import { CommanderError } from '@commander-js/extra-typings'
import type { Programs } from '../host/start.ts'
import type { Terminal } from '../host/terminal.ts'
import { exitCodes } from './exit-codes.ts'
import { plain } from './paint.ts'
import { declaring } from './program/declaring.ts'
import { declarePastCommands } from './program/past-commands.ts'
import { declareRunCommands } from './program/run-commands.ts'
import { declareTroubleCommands } from './program/trouble-commands.ts'
import { declareWorkspaceCommands } from './program/workspace-commands.ts'
import { tell } from './trouble.ts'

/**
 * Runs one command line. A command that ends in good order when it is interrupted asks for the signal of that; any other is
 * simply ended by it, as by a crash. A host of its own makes use of `programs`.
 * @returns the exit code; errors that were to be expected are told, others are thrown
 */
export async function runCli(args: readonly string[], terminal: Terminal, heedInterrupts: () => AbortSignal, programs: Programs = {}): Promise<number> {
  let exitCode: number = exitCodes.done
  const { program, ...declared } = declaring({ terminal, heedInterrupts, programs }, (code) => {
    exitCode = code
  })
  declareRunCommands(declared)
  declareTroubleCommands(declared)
  declarePastCommands(declared)
  declareWorkspaceCommands(declared)
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.refused
    const told = tell(error)
    if (told === undefined) throw error
    terminal.err(plain(told.message))
    return told.exitCode
  }
}
