/** What a host and a loader process say to each other, in JSON texts. A process reads one module and is ended then. */
import { z } from 'zod'
import { Manifest } from '../../model/manifest.ts'
import { Problem } from './definition-error.ts'
import { Sources } from './sources.ts'

/** Characters that a bundle may have: what one revision may cost the store and each executor. */
export const longestBundle = 64 * 2 ** 20

export const LoadRequest = z.object({
  /** Absolute, all links resolved. */
  workspace: z.string(),
  /** Below the workspace, with forward slashes. */
  file: z.string(),
  /** The module that `cairn` stands for. */
  sdk: z.string(),
})
export type LoadRequest = z.infer<typeof LoadRequest>

export const LoadMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The bundle is made; the module's own code runs next. */
  z.object({ type: z.literal('bundled'), sources: Sources }),
  z.object({ type: z.literal('loaded'), manifest: Manifest, bundle: z.string().max(longestBundle), sources: Sources }),
  z.object({ type: z.literal('refused'), problems: z.tuple([Problem], Problem).readonly(), sources: Sources }),
])
export type LoadMessage = z.infer<typeof LoadMessage>
