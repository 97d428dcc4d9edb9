import { z } from 'zod'
import { StorageUse } from '../model/storage-use.ts'
import { procedure } from './procedure.ts'

const tags = ['storage']

export const storage = {
  get: procedure
    .route({ method: 'GET', path: '/storage', tags, summary: 'Where the bytes are: by workflow, step and field, by run, and by file' })
    .output(StorageUse.extend({ backups: z.object({ count: z.int().nonnegative(), bytes: z.int().nonnegative() }) })),
}
