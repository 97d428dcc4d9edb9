/** What the end of a program means for the attempt that ran it. */
import { basename } from 'node:path'
import { getSystemErrorMap } from 'node:util'
import type { Failure } from '../../model/failure.ts'
import { type ExitMeaning, meaningOfExit } from '../../model/program.ts'
import { lackOf, lackWaysOut } from '../lack.ts'
import type { Program } from './command.ts'
import type { Ending, Ran } from './run-program.ts'

/** How much of the last that it printed a failure tells, in characters. */
const longestWords = 300

interface Rules {
  readonly exits: Readonly<Record<number, ExitMeaning>>
  /** What it printed is not told. */
  readonly sensitive: boolean
}

/** Why the attempt has failed; null where it has not. */
export function programFailed({ file: place }: Pick<Program, 'file'>, { ending, stdout, stderr }: Ran, { exits, sensitive }: Rules): Failure | null {
  // Where it lies is in the log: what is said of it is short enough to be told apart in a list.
  const file = basename(place)
  switch (ending.type) {
    case 'not_started':
      return notStarted(place, ending.error)
    case 'killed':
      return {
        class: 'crash',
        name: 'ProgramKilled',
        message: `${file} ${howEnded(ending)}`,
        code: ending.signal,
        wayOut: 'look for who sent it; SIGKILL is also how the system ends what takes too much memory',
      }
    case 'unguarded':
      return {
        class: 'crash',
        name: 'ProgramUnguarded',
        message: `${file} was ended, because ${howEnded(ending)}`,
        wayOut: 'look for who ended the process that watched over the program, and leave it alone',
      }
    case 'exited': {
      const meaning = meaningOfExit(ending.code, exits)
      if (meaning === 'completed') return null
      const last = sensitive ? undefined : (stderr.lastLine ?? stdout.lastLine)
      return {
        class: meaning,
        name: 'ProgramFailed',
        message: `${file} ended with ${howEnded(ending)}${last === undefined ? '' : `: ${last.slice(0, longestWords).toWellFormed()}`}`,
        code: `EXIT_${ending.code}`,
        wayOut:
          exits[ending.code] === undefined
            ? `look at what it printed; where this exit may go better another time, or is none to fail for, say so: exits: { ${ending.code}: 'transient' }`
            : 'look at what it printed',
      }
    }
  }
}

/** `exit code 2`, or by which signal it was ended. */
export function howEnded(ending: Ending): string {
  switch (ending.type) {
    case 'exited':
      return `exit code ${ending.code}`
    case 'killed':
      return `was ended by ${ending.signal}`
    case 'unguarded':
      return 'its guard was gone'
    case 'not_started':
      return 'could not be started'
  }
}

function notStarted(file: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const reason = reasons[code ?? ''] ?? { name: 'ProgramNotStarted', message: 'could not be started', wayOut: 'look at what the system says of it' }
  const lack = code === undefined ? undefined : code === 'EAGAIN' ? 'memory' : lackOf(code)
  const why = code === undefined ? String(error) : `${code}, ${wordsFor(code)}`
  return {
    class: lack === undefined ? 'permanent' : 'resource',
    name: reason.name,
    message: `command: ${JSON.stringify(file)} ${reason.message} (${why})`,
    path: 'command',
    ...(code !== undefined && { code }),
    wayOut: lack === undefined ? reason.wayOut : lackWaysOut[lack],
  }
}

const reasons: Readonly<Record<string, Pick<Failure, 'name' | 'message'> & { readonly wayOut: string }>> = {
  ENOENT: {
    name: 'ProgramNotFound',
    message: 'was not found',
    wayOut: 'install it, or name its file: ./script.sh is below the working folder, a name alone is looked for in PATH. Of a script, its first line may name what is not there',
  },
  EACCES: { name: 'ProgramNotExecutable', message: 'may not be executed', wayOut: 'make the file executable (chmod +x), or name the program that reads it' },
  EINVAL: { name: 'ProgramNotExecutable', message: 'is nothing that can be started by itself', wayOut: 'name the program that reads it: cmd.exe for a .cmd or .bat file' },
  E2BIG: { name: 'ArgumentsTooLong', message: 'cannot be given as many arguments or as large an environment', wayOut: 'hand it over on stdin, or in a file' },
}

function wordsFor(code: string): string {
  return [...getSystemErrorMap().values()].find(([name]) => name === code)?.[1] ?? 'an error of the system'
}
