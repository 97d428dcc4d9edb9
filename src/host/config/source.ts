import { existsSync, readFileSync } from 'node:fs'
import { type Parsed, parseConfig } from './parse-config.ts'

/** What a file of settings holds: nothing where there is none. */
export interface Source {
  readonly text: string
  /** Why nobody knows. */
  readonly unreadable: string | null
}

export function sourceOf(file: string): Source {
  try {
    return { text: existsSync(file) ? readFileSync(file, 'utf8') : '', unreadable: null }
  } catch (error) {
    return { text: '', unreadable: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}` }
  }
}

export function parseSource({ text, unreadable }: Source): Parsed {
  return unreadable === null ? parseConfig(text) : { faults: [{ line: 1, message: unreadable }] }
}
