import { type FSWatcher, watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Watches folders, each by itself and not what is below it. In the place of one that is not there, the nearest above
 * it that is: the folder's coming is a change of that.
 */
export class WatchedFolders {
  readonly #changed: () => void
  readonly #failed: (folder: string, error: unknown) => void
  readonly #watchers = new Map<string, { readonly inode: bigint; readonly watcher: FSWatcher }>()
  readonly #told = new Set<string>()

  /** `changed` may be called for what is no change, and once for many; never not at all. `failed` once for a folder. */
  constructor(changed: () => void, failed: (folder: string, error: unknown) => void) {
    this.#changed = changed
    this.#failed = failed
  }

  /**
   * Watches these and no others. A folder that another of its name has replaced is watched anew. True where one is
   * watched that was not: what was read of it before may be old.
   */
  async set(folders: Iterable<string>): Promise<boolean> {
    const found = new Map(await Promise.all([...new Set(folders)].map(nearest)))
    for (const [folder, { inode, watcher }] of this.#watchers) {
      if (found.get(folder) === inode) continue
      watcher.close()
      this.#watchers.delete(folder)
    }
    const added = [...found].filter(([folder]) => !this.#watchers.has(folder))
    return added.map(([folder, inode]) => this.#watch(folder, inode)).includes(true)
  }

  close(): void {
    for (const { watcher } of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  #watch(folder: string, inode: bigint): boolean {
    try {
      const watcher = watch(folder, () => this.#changed())
      watcher.on('error', () => this.#changed())
      this.#watchers.set(folder, { inode, watcher })
      return true
    } catch (error) {
      // Too many are watched already, or it went a moment ago: its parent tells that.
      if (!this.#told.has(folder)) this.#failed(folder, error)
      this.#told.add(folder)
      return false
    }
  }
}

async function nearest(folder: string): Promise<readonly [folder: string, inode: bigint]> {
  const found = await stat(folder, { bigint: true }).catch(() => undefined)
  return found?.isDirectory() === true ? [folder, found.ino] : nearest(dirname(folder))
}
