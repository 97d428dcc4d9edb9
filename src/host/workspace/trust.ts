/**
 * Folders whose code may run. Kept with the user and never in the folder itself: a folder cannot vouch for itself.
 */
import { mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { settingsFolder } from './places.ts'
import { replaceFile } from './replace-file.ts'

const Trusted = z.object({ folders: z.array(z.string()) })

/** Whether the user has trusted this folder, wherever links lead to it from. */
export function isTrusted(folder: string): boolean {
  return trusted().includes(realpathSync(folder))
}

export function trust(folder: string): void {
  const file = trustFile()
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const folders = [...new Set([...trusted(), realpathSync(folder)])].toSorted()
  replaceFile(file, `${JSON.stringify({ folders }, null, 2)}\n`)
}

function trusted(): string[] {
  try {
    return Trusted.parse(JSON.parse(readFileSync(trustFile(), 'utf8'))).folders
  } catch {
    return []
  }
}

function trustFile(): string {
  return join(settingsFolder(), 'trusted.json')
}
