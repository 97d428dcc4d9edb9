import { renameSync, writeFileSync } from 'node:fs'

/** Writes a file that only the user may read, whole or not at all: whoever reads it sees the old one or the new one. */
export function replaceFile(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`
  writeFileSync(part, text, { mode: 0o600 })
  renameSync(part, file)
}
