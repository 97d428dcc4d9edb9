import { painter, type Paint } from './paint.ts'
import type { Programs } from '../host/start.ts'
import type { Terminal } from '../host/terminal.ts'

/** What every command is given beside its own arguments. */
export interface Context {
  readonly terminal: Terminal
  readonly paint: Paint
  /** The workspace that was named, or undefined to look for it. */
  readonly workspace: string | undefined
  /** Print data instead of text. */
  readonly json: boolean
  /** The folder's code may run without asking. */
  readonly trust: boolean
  /** What a host of its own makes use of. */
  readonly programs: Programs
}

/** What may stand before any command or behind it. */
export interface GlobalOptions {
  readonly workspace?: string
  readonly json?: boolean
  readonly trust?: boolean
}

export function contextOf(terminal: Terminal, programs: Programs, { workspace, json = false, trust = false }: GlobalOptions): Context {
  return { terminal, programs, paint: painter(terminal.colour), workspace, json, trust }
}
