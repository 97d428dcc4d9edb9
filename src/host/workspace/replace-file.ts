import { renameSync, rmSync, writeFileSync } from 'node:fs'

/** Writes a file that only the user may read, whole or not at all: whoever reads it, also after a power cut, sees the old one or the new one. */
export function replaceFile(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`
  try {
    writeFileSync(part, text, { mode: 0o600, flush: true })
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}
