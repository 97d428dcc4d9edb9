import { stat } from 'node:fs/promises'
import { z } from 'zod'

/** A file that a bundle was made from, as it was when it was read; `stamp` differs once it has been written since. */
export const SourceFile = z.object({ path: z.string(), stamp: z.string() })
export type SourceFile = z.infer<typeof SourceFile>

/**
 * What a load looked at below the workspace, packages excepted: the files that it read, and the folders of all that
 * these import, where something may yet appear. Absolute paths.
 */
export const Sources = z.object({ files: z.array(SourceFile), folders: z.array(z.string()) })
export type Sources = z.infer<typeof Sources>

export const noSources: Sources = { files: [], folders: [] }

/** The file as it is now. One that is not there has a stamp too. */
export async function stampOf(path: string): Promise<SourceFile> {
  const found = await stat(path, { bigint: true }).catch(() => undefined)
  return { path, stamp: found === undefined ? 'none' : `${found.ino} ${found.size} ${found.mtimeNs}` }
}

/** True where a file is no longer as it was. */
export async function haveChanged(files: readonly SourceFile[]): Promise<boolean> {
  const now = await Promise.all(files.map(({ path }) => stampOf(path)))
  return now.some(({ stamp }, index) => stamp !== files[index]?.stamp)
}
