import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MailId } from './caught-mail.ts'
import { sealName, syncFolder } from './kept-files.ts'
import type { FileSeals } from './seals.ts'

/** Seals what a folder keeps of before it was sealed; answers how many files that were. What is sealed already stays so. */
export async function sealKept(folder: string, seals: FileSeals): Promise<number> {
  let count = 0
  for (const name of await readdir(folder).catch(() => [])) {
    const [id, kind] = name.split('.')
    if (!MailId.safeParse(id).success || id === undefined || (kind !== 'eml' && kind !== 'json') || name !== `${id}.${kind}`) continue
    const file = join(folder, name)
    const bytes = await readFile(file)
    if (seals.open(sealName(id, kind), bytes) !== undefined) continue
    await writeFile(`${file}.part`, seals.seal(sealName(id, kind), bytes), { mode: 0o600, flush: true })
    await rename(`${file}.part`, file)
    count += 1
  }
  if (count > 0) await syncFolder(folder)
  return count
}
