/** When the last removal ended, kept beside the store: nothing in it tells of one in which nothing went. */
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { Instant } from '../../model/ids.ts'

const LastRemoval = z.object({ endedAt: Instant })

/** Null where the file is not there, or damaged: then one is due earlier, and nothing is lost. */
export function readLastRemoval(file: string): Instant | null {
  try {
    return LastRemoval.parse(JSON.parse(readFileSync(file, 'utf8'))).endedAt
  } catch {
    return null
  }
}

export async function writeLastRemoval(file: string, endedAt: Instant): Promise<void> {
  const beside = `${file}.new`
  await writeFile(beside, JSON.stringify({ endedAt }))
  await rename(beside, file)
}
