/** What a program that a `shell` step runs comes to, as data. */
import { z } from 'zod'

/** What an exit code means: the step is completed, or its try has failed with that class. */
export const ExitMeaning = z.enum(['completed', 'transient', 'timeout', 'crash', 'resource', 'permanent', 'validation'])
export type ExitMeaning = z.infer<typeof ExitMeaning>

/** What an author says of exit codes, by the code in digits. */
export const Exits = z
  .record(z.string(), ExitMeaning)
  .refine((exits) => Object.keys(exits).every((code) => /^(?:0|[1-9]\d{0,9})$/.test(code)), "by exit codes: { 75: 'transient' }")
export type Exits = z.infer<typeof Exits>

/** Where an author says nothing of a code, 0 completes the step and any other is permanent. */
export function meaningOfExit(code: number, exits: Readonly<Record<number, ExitMeaning>>): ExitMeaning {
  return exits[code] ?? (code === 0 ? 'completed' : 'permanent')
}

const count = z.int().nonnegative()

/**
 * What a `shell` step puts out: the same where the same came of it, so how long it took is not among it. A person who says
 * that it happened need not know any of it.
 */
export const ShellOutput = z.object({
  exitCode: count.default(0),
  /** The end of what it printed. */
  stdout: z.string().default(''),
  stderr: z.string().default(''),
  /** How many characters of the beginning are not there. */
  cut: z.object({ stdout: count, stderr: count }).default({ stdout: 0, stderr: 0 }),
})
export type ShellOutput = z.infer<typeof ShellOutput>

/**
 * What a line of a log is to the program of a `shell` step: the command line that it was started with, what it printed,
 * or how it ended.
 */
export const ProgramLine = z.enum(['command', 'stdout', 'stderr', 'end'])
export type ProgramLine = z.infer<typeof ProgramLine>
