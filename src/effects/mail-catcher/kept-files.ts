/** How received messages lie in their folder: `<id>.eml` the message, `<id>.json` its record, nothing else of ours. */
import { lstat, mkdir, open, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CaughtMail, type MailId } from './caught-mail.ts'
import { MailDamaged } from './mail-errors.ts'
import type { FileSeals } from './seals.ts'

type Kind = 'eml' | 'json' | 'json.part'

const ownName = /^([0-9A-HJKMNP-TV-Z]{26})\.(eml|json|json\.part)$/

/** Paths are made of the folder and an id, never of a name that somebody else gave. */
export function pathIn(folder: string, id: MailId, kind: Kind): string {
  return join(folder, `${id}.${kind}`)
}

/**
 * Makes the folder where it is missing, removes what a kill left unfinished and answers the records that hold.
 * Files under other names are left alone; a record that does not hold is told of and left too.
 */
export async function loadKept(
  folder: string,
  seals: FileSeals,
  troubled: (what: string, error: unknown) => void,
): Promise<Map<MailId, CaughtMail>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = new Set(await readdir(folder))
  const kept = new Map<MailId, CaughtMail>()
  for (const name of names) {
    const [, id, kind] = ownName.exec(name) ?? []
    if (id === undefined) continue
    if (kind === 'json') {
      try {
        kept.set(id, await readRecord(folder, id, seals))
      } catch (error) {
        troubled(`mail record ${name} cannot be used and is left where it is`, error)
      }
    } else if (kind === 'json.part' || !names.has(`${id}.json`)) {
      await rm(join(folder, name))
    }
  }
  return kept
}

async function readRecord(folder: string, id: MailId, seals: FileSeals): Promise<CaughtMail> {
  const record = CaughtMail.parse(JSON.parse(Buffer.from(await readSealed(folder, id, 'json', seals)).toString()))
  if (record.id !== id) throw new MailDamaged(pathIn(folder, id, 'json'), `it says that it is ${record.id}`)
  const message = await lstat(pathIn(folder, id, 'eml'))
  if (!message.isFile() || message.size !== record.size + seals.overhead) {
    throw new MailDamaged(pathIn(folder, id, 'eml'), `not the file of ${record.size} octets that was received`)
  }
  return record
}

/** What a file holds. @throws MailDamaged where it is not what was sealed under its name */
export async function readSealed(folder: string, id: MailId, kind: 'eml' | 'json', seals: FileSeals): Promise<Uint8Array> {
  const bytes = seals.open(sealName(id, kind), await readFile(pathIn(folder, id, kind)))
  if (bytes === undefined) throw new MailDamaged(pathIn(folder, id, kind), 'it is not encrypted as it was received')
  return bytes
}

/** What a file is sealed under: its place in the workspace, which it must not change. */
export function sealName(id: MailId, kind: 'eml' | 'json'): string {
  return `mail/${id}.${kind}`
}

/** Makes the names in a folder durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
