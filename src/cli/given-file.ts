import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Terminal } from '../host/terminal.ts'
import { type Json, readJson } from '../model/json.ts'
import { UsageError } from './trouble.ts'

/** A file that the command line names. @throws UsageError where it cannot be read */
export async function readGiven({ cwd }: Terminal, file: string): Promise<string> {
  const path = resolve(cwd, file)
  return readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} cannot be read: name a file that is there`)
  })
}

/** JSON of a file, or of standard input where that is `-`. @throws UsageError */
export async function readGivenJson(terminal: Terminal, file: string): Promise<Json> {
  return file === '-'
    ? parseJson(await text(process.stdin), 'standard input')
    : parseJson(await readGiven(terminal, file), file)
}

/** @throws UsageError naming where the text came from */
export function parseJson(written: string, from: string): Json {
  try {
    return readJson(written)
  } catch (error) {
    throw new UsageError(`${from} holds no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
