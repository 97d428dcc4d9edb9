import { z } from 'zod'
import { Instant } from '../model/ids.ts'
import { StorageUse } from '../model/storage-use.ts'
import { procedure } from './procedure.ts'

const Bytes = z.int().nonnegative()

/** A file of a store that a backup took the place of, and when it did. Nothing reads or removes it. */
export const ReplacedStore = z.object({ file: z.string(), bytes: Bytes, at: Instant })
export type ReplacedStore = z.infer<typeof ReplacedStore>

/** What lies beside the store in the workspace's folder. */
export const Beside = z.object({
  /** Newest first. */
  replaced: z.array(ReplacedStore),
  /** What the mail catcher received. */
  mail: Bytes,
  /** The host's log. */
  logs: Bytes,
})
export type Beside = z.infer<typeof Beside>

const tags = ['storage']

export const storage = {
  get: procedure
    .route({ method: 'GET', path: '/storage', tags, summary: 'Where the bytes are: by workflow, step and field, by run, and by file' })
    .output(StorageUse.extend({ backups: z.object({ count: z.int().nonnegative(), bytes: Bytes }), beside: Beside })),
}
