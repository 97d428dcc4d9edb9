import { open } from 'node:fs/promises'

/** Makes what was renamed in a folder durable. Windows has no such thing: opening a folder fails there. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  try {
    await handle?.sync()
  } finally {
    await handle?.close()
  }
}
