import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { type Parsed, parseConfig } from './parse-config.ts'

/** What a file of settings holds: nothing where there is none. */
export interface Source {
  readonly text: string
  /** Why nobody knows. */
  readonly unreadable: string | null
}

/** Settings are shorter than that, in bytes: a longer file would hold the host up. */
const longest = 256_000

export function sourceOf(file: string): Source {
  try {
    return { text: textIn(file), unreadable: null }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { text: '', unreadable: null }
    return { text: '', unreadable: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}` }
  }
}

export function parseSource({ text, unreadable }: Source): Parsed {
  return unreadable === null ? parseConfig(text) : { faults: [{ line: 1, message: unreadable }] }
}

/** Never waits: into a pipe that stands there instead, nobody may ever write. */
function textIn(file: string): string {
  const opened = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const found = fstatSync(opened)
    if (!found.isFile()) throw new Error('it is no file')
    if (found.size > longest) throw new Error(`it has ${found.size} bytes, and settings have ${longest} at most`)
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(opened))
  } finally {
    closeSync(opened)
  }
}
