/** What lies in a workspace's folder beside the store and its backups, and takes room there. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Beside, ReplacedStore } from '../contract/storage.ts'
import { replacedAt } from './workspace/backup-file.ts'
import type { Layout } from './workspace/layout.ts'

export async function besideStore({ private: folder, mail, logs }: Layout): Promise<Beside> {
  const [replaced, mailed, logged] = await Promise.all([replacedIn(folder), sizeOf(mail), sizeOf(logs)])
  return { replaced, mail: mailed, logs: logged }
}

async function replacedIn(folder: string): Promise<ReplacedStore[]> {
  const found = (await filesIn(folder)).flatMap(({ name, ...sized }) => {
    const at = replacedAt(name)
    return at === undefined ? [] : [{ ...sized, at }]
  })
  return found.toSorted((one, other) => other.at - one.at || one.file.localeCompare(other.file))
}

async function sizeOf(folder: string): Promise<number> {
  return (await filesIn(folder)).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** A folder that is not there holds none; what goes while it is looked at is left out. */
async function filesIn(folder: string): Promise<{ readonly name: string; readonly file: string; readonly bytes: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const found = await Promise.all(names.map((name) => sized(folder, name)))
  return found.filter((file) => file !== undefined)
}

async function sized(folder: string, name: string) {
  const file = join(folder, name)
  const found = await stat(file).catch(() => undefined)
  return found && { name, file, bytes: found.size }
}
