import { z } from 'zod'
import { WorkspaceKey } from '../crypt/workspace-key.ts'

/** What a thread is started with. */
export const ThreadData = z.object({
  workspace: z.string(),
  /** Where the index is kept, where that is not beside the store. */
  index: z.string().optional(),
  giveUp: z.instanceof(SharedArrayBuffer),
  /** What the store is opened with. */
  key: WorkspaceKey.nullable(),
})
export type ThreadData = z.infer<typeof ThreadData>
