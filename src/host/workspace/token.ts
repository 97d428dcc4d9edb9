import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'

const shape = /^[\w-]{43}$/

/**
 * The token of a workspace, made where there is none. It stays the same over restarts, so that scripts and open
 * pages go on; deleting the file makes a new one at the next start.
 */
export function readToken(file: string): string {
  const kept = readKept(file)
  if (kept !== undefined) return kept
  const token = randomBytes(32).toString('base64url')
  writeFileSync(file, `${token}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return token
}

function readKept(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return shape.test(text) ? text : undefined
  } catch {
    return undefined
  }
}
