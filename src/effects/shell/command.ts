/** From what an author's function answered to a program that can be started. */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Failure } from '../../model/failure.ts'
import { environmentOf, type Origin } from './environment.ts'

/** The system takes texts up to the first NUL. */
const text = z.string().refine((value) => !value.includes('\0'), 'must not have a NUL in it')
const variable = z.string().regex(/^[^=\0]+$/, 'is no name of a variable')

const Fields = z.strictObject({
  command: text.min(1, 'must name a program'),
  args: z.array(text).default([]),
  cwd: text.min(1, 'must name a folder').optional(),
  env: z.record(variable, text.nullable()).default({}),
  stdin: z.string().optional(),
})
type Fields = z.infer<typeof Fields>

/** What is started, and with what. */
export interface Program {
  readonly file: string
  readonly args: readonly string[]
  /** Absolute. */
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** What it reads; nothing where it is null. */
  readonly stdin: string | null
}

/** A command that cannot be run as it is. `failure` names the field. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
  readonly failure: Failure

  constructor(path: string, message: string, wayOut = `correct ${path} in what the step returns: docs/STEPS.md tells what a command is made of`) {
    super(message)
    this.failure = { class: 'permanent', name: this.name, message, path, wayOut }
  }
}

/** Checks a command and puts it in its place. @throws CommandRefused */
export async function programOf(command: unknown, workspace: string, origin: Origin): Promise<Program> {
  const { command: file, args, cwd = '.', env, stdin = null } = fieldsOf(command)
  return { file, args, folder: await folderAt(workspace, cwd), env: environmentOf(env, origin), stdin }
}

/** The command as a person would type it. @throws CommandRefused */
export function commandLineOf(command: unknown): string {
  const { command: file, args } = fieldsOf(command)
  return commandLine({ file, args })
}

/** As a person would type it. */
export function commandLine({ file, args }: Pick<Program, 'file' | 'args'>): string {
  return [file, ...args].map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

async function folderAt(workspace: string, cwd: string): Promise<string> {
  const folder = resolve(workspace, cwd)
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory() === true) return folder
  const what = found === undefined ? 'is not there' : 'is no folder'
  throw new CommandRefused('cwd', `cwd: ${JSON.stringify(cwd)} ${what} (${folder})`, 'make the folder in a step before, or name one that is there: below the workspace, or absolute')
}

function fieldsOf(command: unknown): Fields {
  const parsed = Fields.safeParse(command)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const path = [...(issue?.path ?? []), ...keys.slice(0, 1)].map(String).join('.') || 'command'
  throw new CommandRefused(path, `${path}: ${issue?.message ?? 'is no command'}`)
}
