import { z } from 'zod'
import { Instant, RevisionHash } from './ids.ts'
import { Manifest } from './manifest.ts'

/** The exact code of a workflow version: a CommonJS bundle with its source map inline, and its manifest. */
export const Revision = z.object({
  hash: RevisionHash,
  manifest: Manifest,
  bundle: z.string(),
  loadedAt: Instant,
})
export type Revision = z.infer<typeof Revision>
